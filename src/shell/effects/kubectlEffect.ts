import type { Word } from "../analysis.ts";
import { type KubectlCall, readKubectl } from "../kubectlCall.ts";
import { hasOption, optionValue } from "../options.ts";
import { cannotTell, reads, type Verdict } from "./verdict.ts";

const readVerbs = new Set(
  `get describe logs log top explain api-resources api-versions version events wait diff proxy port-forward plugin
  completion options help kustomize whoami status projects process`.split(/\s+/),
);

/** Second words that make a verb of two words a read. */
const readPairs = new Map(
  Object.entries({
    auth: "can-i whoami",
    config: "view get-contexts current-context get-clusters get-users",
    rollout: "status history",
    "cluster-info": "",
    apply: "view-last-applied",
    adm: "top node-logs",
    image: "info",
    alpha: "",
    certificate: "",
    sa: "get-token",
  }),
);

/** What a verb does to its objects, with `{}` for them. */
const changes = new Map(
  Object.entries({
    apply: "applies {files}",
    create: "creates {}",
    replace: "replaces {}",
    edit: "edits {}",
    patch: "patches {}",
    label: "labels {}",
    annotate: "annotates {}",
    scale: "scales {} to {replicas}",
    autoscale: "scales {} automatically",
    expose: "exposes {}",
    run: "creates a pod",
    set: "changes {}",
    taint: "taints {}",
    cordon: "closes {} for new pods",
    uncordon: "opens {} for new pods",
    attach: "cannot tell what is typed into {}",
    debug: "creates a container or pod to debug {}",
    cp: "copies files",
    rsync: "copies files",
    certificate: "decides on {}",
    config: "changes the kubeconfig",
    login: "changes the kubeconfig",
    logout: "changes the kubeconfig",
    project: "changes the kubeconfig",
    extract: "writes files",
    "rollout restart": "restarts {}",
    "rollout undo": "takes {} back to an older revision",
    "rollout pause": "pauses the rollout of {}",
    "rollout resume": "resumes the rollout of {}",
    "auth reconcile": "changes RBAC",
  }),
);

/** Verbs that leave everything as it is when they are run dry. */
const canRunDry = new Set(
  `apply create delete drain cordon uncordon label annotate patch replace scale set run expose autoscale taint rollout auth
  edit`.split(/\s+/),
);

/**
 * What `kubectl` or `oc` does with these words, apart from the command that `exec` runs. Null where its verb is not one
 * of theirs: a plugin's.
 */
export function kubectlEffect(args: readonly Word[]): Verdict | null {
  const call = readKubectl(args);
  if (!call) return args.some(({ shape }) => shape === "--help" || shape === "--version") ? reads : null;
  const [verb = "", second = ""] = call.verb;
  if (call.subcommand === null && hasOption(call.options, "--help", "-h")) return reads;
  if (canRunDry.has(verb) && call.dryRun !== "none") return reads;
  if (verb === "delete") return { effect: "destroy", reason: `deletes ${describeObjects(call)}` };
  if (verb === "drain" || (verb === "adm" && second === "drain")) {
    return { effect: "destroy", reason: `evicts every pod from ${describeObjects(call)}` };
  }
  if (verb === "adm" && second === "prune") return { effect: "destroy", reason: "deletes old objects" };
  if (verb === "replace" && call.force) {
    return { effect: "destroy", reason: `deletes and creates ${describeObjects(call)}` };
  }
  if (verb === "apply" && second === "" && hasOption(call.options, "--prune")) {
    return { effect: "destroy", reason: "applies files and deletes what they no longer have" };
  }
  if (verb === "config" && second.startsWith("delete-")) return { effect: "destroy", reason: "changes the kubeconfig" };
  if (verb === "exec" || verb === "rsh") return reads;
  if (isRead(call, verb, second)) return reads;
  const phrase = changes.get(`${verb} ${second}`) ?? changes.get(verb);
  if (phrase) return { effect: "change", reason: fill(phrase, call) };
  return verb === "adm" || verb === "rollout" || verb === "cluster-info" || readPairs.has(verb)
    ? { effect: "change", reason: `${call.verb.join(" ")} may change the cluster` }
    : null;
}

function isRead(call: KubectlCall, verb: string, second: string): boolean {
  if (verb === "adm" && second === "policy") return call.verb[2] === "who-can";
  if (verb === "adm" && second === "release") return call.rest[0] === "info";
  if (verb === "kustomize") return !hasOption(call.options, "-o", "--output");
  if (verb === "cluster-info")
    return second === "" || (second === "dump" && !hasOption(call.options, "--output-directory"));
  if (verb === "extract") return optionValue(call.options, "--to") === "-";
  if (verb === "project") return call.rest.length === 0;
  if ((verb === "annotate" || verb === "label") && hasOption(call.options, "--list")) return call.rest.length === 0;
  if (verb === "get" || verb === "describe") return !hasOption(call.options, "--output-directory");
  return readVerbs.has(verb) || (readPairs.get(verb) ?? "").split(" ").includes(second || "-");
}

function fill(phrase: string, call: KubectlCall): string {
  const written = call.options.find(({ name }) => name === "--replicas");
  return phrase
    .replace("{files}", call.files.length > 0 ? call.files.join(", ") : "files")
    .replace("{replicas}", String(call.replicas ?? written?.word.text ?? "another number"))
    .replace("{}", describeObjects(call));
}

/** `pods web-0, web-1`, `all pods with app=web`, `what pod.yaml describes`. */
function describeObjects(call: KubectlCall): string {
  if (call.files.length > 0) return `what ${call.files.join(", ").replace(/^-$/, "its input")} describes`;
  if (call.resources.length === 0) return "objects";
  const kinds = call.kinds.join(", ");
  if (call.names.length > 0) return `${call.names.length === 1 ? singular(kinds) : kinds} ${call.names.join(", ")}`;
  const selector = call.selector ?? call.fieldSelector;
  if (selector) return `${kinds} with ${selector}`;
  return call.all || call.allNamespaces ? `all ${kinds}` : kinds;
}

function singular(kinds: string): string {
  if (kinds.includes(",") || kinds.includes(".")) return kinds;
  return kinds
    .replace(/(ss|x)es$/, "$1")
    .replace(/ies$/, "y")
    .replace(/([^s])s$/, "$1");
}

/** The verdict for a verb of kubectl that is neither built in nor in the table. */
export function unknownKubectl(program: string, args: readonly Word[]): Verdict {
  const verb = args.find(({ shape }) => !shape.startsWith("-"));
  return cannotTell(verb ? `${program} ${verb.text}` : program);
}
