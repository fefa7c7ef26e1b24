import type { EffectRow } from "../analysis.ts";

const engines = "docker|podman|nerdctl";

/** Containers and images. What `exec` runs is read elsewhere. */
export const containerEffects: readonly EffectRow[] = [
  {
    program: engines,
    args: ["ps|images|logs|inspect|top|stats|info|version|port|diff|history|events|search|wait|df"],
    effect: "read",
  },
  {
    program: engines,
    args: [
      "container|image|volume|network|node|service|stack|context|plugin|pod",
      "ls|list|ps|inspect|logs|top|stats|history|port|diff|df|show|exists",
    ],
    effect: "read",
  },
  { program: engines, args: ["system", "df|info|events|connection"], effect: "read" },
  { program: engines, args: ["buildx|builder", "ls|inspect|du|version"], effect: "read" },
  { program: engines, args: ["buildx", "imagetools", "inspect"], effect: "read" },
  { program: engines, args: ["manifest", "inspect"], effect: "read" },
  { program: engines, args: ["manifest", "*"], effect: "change", reason: "changes manifests" },
  {
    program: engines,
    args: ["run|create|start|restart|stop|kill|pause|unpause|attach|exec|update|rename"],
    effect: "change",
    reason: "{1}s containers",
  },
  {
    program: engines,
    args: ["build|pull|push|tag|commit|import|load|login|logout|cp|save|export"],
    effect: "change",
    reason: "{1}s images or files",
  },
  { program: engines, args: ["rm"], effect: "destroy", reason: "removes containers" },
  { program: engines, args: ["rmi"], effect: "destroy", reason: "removes images" },
  { program: engines, args: ["*", "rm|remove|prune|delete|leave"], effect: "destroy", reason: "removes {1}s" },
  { program: engines, args: ["system", "prune|reset"], effect: "destroy", reason: "removes all that is unused" },
  {
    program: engines,
    args: ["container|image|volume|network|service|stack|swarm|secret|config|node|context|buildx|builder", "*"],
    effect: "change",
    reason: "{2} changes {1}s",
  },
  { program: engines, args: ["compose", "ps|logs|config|ls|top|images|port|version|events|stats"], effect: "read" },
  {
    program: engines,
    args: ["compose", "up|start|restart|stop|run|build|pull|push|create|exec|kill|pause|unpause|scale|cp"],
    effect: "change",
    reason: "{2}s the services",
  },
  { program: engines, args: ["compose", "down|rm"], effect: "destroy", reason: "removes the services" },
  {
    program: "docker-compose|podman-compose",
    args: ["ps|logs|config|ls|top|images|port|version|events"],
    effect: "read",
  },
  {
    program: "docker-compose|podman-compose",
    args: ["up|start|restart|stop|run|build|pull|push|create|exec|kill|pause|unpause|scale"],
    effect: "change",
    reason: "{1}s the services",
  },
  { program: "docker-compose|podman-compose", args: ["down|rm"], effect: "destroy", reason: "removes the services" },
  {
    program: "crictl",
    args: ["ps|pods|images|img|logs|inspect|inspecti|inspectp|stats|statsp|info|version|imagefsinfo|events|metricsp"],
    effect: "read",
  },
  {
    program: "crictl",
    args: ["pull|run|runp|create|start|stop|stopp|exec|attach|port-forward|update|config|checkpoint"],
    effect: "change",
    reason: "{1}s containers",
  },
  { program: "crictl", args: ["rm|rmi|rmp"], effect: "destroy", reason: "removes containers, pods or images" },
  {
    program: "ctr",
    args: [
      "images|i|image|containers|c|container|tasks|t|task|namespaces|snapshots|content",
      "ls|list|info|check|metrics|ps|usage",
    ],
    effect: "read",
  },
  { program: "ctr", args: ["*", "rm|remove|delete|del|prune|kill"], effect: "destroy", reason: "removes {1}" },
  { program: "ctr", args: ["*", "*"], effect: "change", reason: "{2} changes {1}" },
  { program: "ctr", args: ["version|info"], effect: "read" },
  { program: "skopeo", args: ["inspect|list-tags"], effect: "read" },
  { program: "skopeo", args: ["copy|sync|login|logout"], effect: "change", reason: "copies images" },
  { program: "skopeo", args: ["delete"], effect: "destroy", reason: "deletes {2}" },
  { program: "crane", args: ["ls|manifest|digest|config|catalog|validate"], effect: "read" },
  { program: "cosign", args: ["verify|verify-*|tree|triangulate|version"], effect: "read" },
  { program: "trivy|grype|syft|dive|hadolint", effect: "read" },
  { program: "minikube|kind|k3d", args: ["*"], effect: "change", reason: "{1} changes a local cluster" },
  { program: "minikube", args: ["status|ip|version|logs|profile|service|ssh-key"], effect: "read" },
  { program: "kind", args: ["get|version"], effect: "read" },
  { program: "k3d", args: ["cluster|node", "list"], effect: "read" },
  { program: "minikube", args: ["delete"], effect: "destroy", reason: "deletes a local cluster" },
  { program: "kind", args: ["delete"], effect: "destroy", reason: "deletes a local cluster" },
  { program: "k3d", args: ["*", "delete"], effect: "destroy", reason: "deletes a local cluster" },
];
