/** What a placeholder asks for, as far as its name tells. */
export type PlaceholderKind =
  | "pod"
  | "service"
  | "deployment"
  | "statefulset"
  | "daemonset"
  | "node"
  | "container"
  | "namespace"
  | "context"
  | "directory"
  | "text";

const words: readonly (readonly [RegExp, PlaceholderKind])[] = [
  [/\b(namespace|ns)\b/, "namespace"],
  [/\b(context|cluster)\b/, "context"],
  [/\b(container|sidecar)\b/, "container"],
  [/\b(deployment|deploy|app|workload)\b/, "deployment"],
  [/\b(statefulset|sts)\b/, "statefulset"],
  [/\b(daemonset|ds)\b/, "daemonset"],
  [/\b(pods?|po)\b/, "pod"],
  [/\b(service|svc)\b/, "service"],
  [/\b(nodes?|host|hostname|worker)\b/, "node"],
];

/** Reads the kind from the name: `<pod-name>`, `{{ NAMESPACE }}`, `$POD_NAME`, `YOUR_SERVICE`, `/path/to/scripts`. */
export function placeholderKind(name: string): PlaceholderKind {
  if (name.startsWith("/path/to/")) return "directory";
  const spelled = name
    .replaceAll(/([a-z])([A-Z])/g, "$1 $2")
    .replaceAll(/[^A-Za-z]+/g, " ")
    .toLowerCase();
  return words.find(([pattern]) => pattern.test(spelled))?.[1] ?? "text";
}
