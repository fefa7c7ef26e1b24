import type { Word } from "../../shell/analysis.ts";
import { pluralKind } from "../../shell/kubectlKinds.ts";
import type { KubectlUse, LintedBlock, ScriptEdit } from "../lintedBlock.ts";
import type { Fix } from "../problem.ts";
import { atWord, type Deprecation } from "./deprecation.ts";

/** Kinds that the API warns of, or no longer has. */
export function deprecatedKinds(linted: LintedBlock, use: KubectlUse): Deprecation[] {
  const kinds = new Set(use.said.kinds);
  return [
    ...(kinds.has("endpoints") ? endpoints(linted, use) : []),
    ...(kinds.has("componentstatuses") ? componentStatuses(linted, use) : []),
    ...[...kinds]
      .filter((kind) => /^(?:psp|podsecuritypolic(?:y|ies))(?:\.|$)/.test(kind))
      .flatMap(() => podSecurityPolicies(linted, use)),
  ];
}

function endpoints(linted: LintedBlock, use: KubectlUse): Deprecation[] {
  const at = kindWord(use, "endpoints");
  if (!at) return [];
  const slices = "endpointslices -l kubernetes.io/service-name=NAME";
  const message = `Endpoints are deprecated since Kubernetes 1.33, and leave out addresses of large services. Look at ${slices}.`;
  return [{ start: at.start, end: at.end, message, fixes: sliceFixes(linted, use, at) }];
}

/** EndpointSlices have names of their own; the service's stands in a label. */
function sliceFixes(linted: LintedBlock, { call, said }: KubectlUse, kind: Word): Fix[] {
  const [verb = ""] = said.verb;
  const output = said.options.findLast(({ name }) => name === "-o" || name === "--output")?.value ?? "";
  const reads = verb === "get" || verb === "describe";
  if (!reads || !linted.isWritten(kind) || /path|template|columns/.test(output)) return [];
  const names = said.names;
  const title = "Look at EndpointSlices instead";
  const literal = kind.literal ?? kind.text;
  if (names.length === 0) {
    const newText = literal
      .split(",")
      .map((one) => (pluralKind(one) === "endpoints" ? "endpointslices" : one))
      .join(",");
    return linted.fix(title, [{ start: kind.start, end: kind.end, newText }]);
  }
  if (said.selector !== null || said.kinds.length > 1 || names.some((name) => /[\s,;&|'"`\\]/.test(name))) return [];
  if (literal.includes("/")) {
    if (names.length > 1) return [];
    const newText = `endpointslices -l kubernetes.io/service-name=${names[0]}`;
    return linted.fix(title, [{ start: kind.start, end: kind.end, newText }]);
  }
  const words = nameWords(call.args, kind, names);
  const [first, ...others] = words;
  if (!first || words.length !== names.length || !words.every((word) => linted.isWritten(word))) return [];
  const selector =
    others.length === 0
      ? `-l kubernetes.io/service-name=${names[0]}`
      : `-l "kubernetes.io/service-name in (${names.join(",")})"`;
  const edits: ScriptEdit[] = [
    { start: kind.start, end: kind.end, newText: "endpointslices" },
    { start: first.start, end: first.end, newText: selector },
    ...others.map((word) => ({ start: word.start - 1, end: word.end, newText: "" })),
  ];
  return linted.fix(title, edits);
}

function componentStatuses(linted: LintedBlock, use: KubectlUse): Deprecation[] {
  const at = kindWord(use, "componentstatuses");
  if (!at) return [];
  const alone = use.said.verb[0] === "get" && use.said.names.length === 0 && use.said.kinds.length === 1;
  const plain = use.said.options.every(({ name }) => name === "--context" || name === "--kubeconfig");
  const message =
    "componentstatuses are deprecated since Kubernetes 1.19, and often wrong. Ask the API server itself: kubectl get --raw='/readyz?verbose'.";
  return [atWord(linted, at, message, alone && plain ? "--raw='/readyz?verbose'" : undefined)];
}

function podSecurityPolicies(linted: LintedBlock, use: KubectlUse): Deprecation[] {
  const at = use.call.args.find(({ literal }) => /^(?:psp|podsecuritypolic)/i.test(literal ?? ""));
  const message =
    "Kubernetes has no PodSecurityPolicies since 1.25. Look at the pod-security.kubernetes.io labels of the namespace.";
  return at ? [atWord(linted, at, message)] : [];
}

/** The word that names a kind: `ep`, `svc,endpoints`, `endpoints/api`. */
function kindWord({ call, said }: KubectlUse, kind: string): Word | undefined {
  const values = new Set(said.options.map(({ word }) => word));
  return call.args.find((word) => {
    const name = (word.literal ?? word.text).replace(/\/.*$/s, "");
    return !values.has(word) && name.split(",").some((one) => pluralKind(one) === kind);
  });
}

function nameWords(args: readonly Word[], kind: Word, names: readonly string[]): Word[] {
  const behind = args.slice(args.indexOf(kind) + 1);
  return names.flatMap((name) => behind.find((word) => (word.literal ?? word.text) === name) ?? []);
}
