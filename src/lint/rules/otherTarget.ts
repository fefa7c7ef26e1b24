import type { Call, Word } from "../../shell/analysis.ts";
import type { Option } from "../../shell/options.ts";
import type { LintedBlock } from "../lintedBlock.ts";
import type { ExpectedTarget } from "../lintInput.ts";
import { manifestLines } from "../manifestLines.ts";
import type { Fix, Place, Problem } from "../problem.ts";
import type { Rule } from "../rule.ts";

/** A namespace or context that a block names. */
interface Named {
  readonly what: "namespace" | "context";
  readonly value: string;
  readonly place: Place;
  /** What puts another name there. */
  readonly replace: (name: string) => Fix[];
}

const hole = "\uFFFC";
/** What belongs to Kubernetes itself is looked at on purpose. */
const systemNamespace = /^kube-/;

/** Namespaces and contexts in the text that are not those of the target, where one is known. */
export const otherTarget: Rule = ({ blocks, input: { target } }) =>
  blocks.flatMap((linted) =>
    namesIn(linted).flatMap((named): Problem[] => {
      const expected = target[named.what];
      if (expected === null || expected === named.value) return [];
      const severity = named.what === "namespace" && systemNamespace.test(named.value) ? "info" : "warning";
      const message = `This names the ${named.what} ${named.value}, and the target is ${describe(target)}. Replace it, unless another ${named.what} is meant here.`;
      return [{ rule: "other-target", severity, ...named.place, message, fixes: named.replace(expected) }];
    }),
  );

function describe({ context, namespace }: ExpectedTarget): string {
  return [context, namespace].filter((name) => name !== null).join("/");
}

function namesIn(linted: LintedBlock): Named[] {
  const here = linted.calls.filter(({ where }) => where === "here");
  return [
    ...linted.kubectl.flatMap(({ call, said }) => (call.where === "here" ? kubectlNames(linted, said.options) : [])),
    ...here.flatMap((call) => [...wholeNames(linted, call), ...serviceNames(linted, call)]),
    ...manifestNames(linted),
  ];
}

const flags: Readonly<Record<string, Named["what"]>> = {
  "-n": "namespace",
  "--namespace": "namespace",
  "--context": "context",
  "--kube-context": "context",
};

function kubectlNames(linted: LintedBlock, options: readonly Option[]): Named[] {
  return options.flatMap(({ name, value, word }) => {
    const what = flags[name];
    return what && value ? named(linted, what, value, word) : [];
  });
}

/** `helm -n NAME`, `kubens NAME`, `kubectl config use-context NAME`. */
function wholeNames(linted: LintedBlock, { program, args }: Call): Named[] {
  if (program === "helm") return helmNames(linted, args);
  const [first, second, third] = args;
  if (program === "kubens" && first && !first.shape.startsWith("-"))
    return named(linted, "namespace", first.shape, first);
  if (program === "kubectx" && first && !first.shape.startsWith("-"))
    return named(linted, "context", first.shape, first);
  const uses = program === "kubectl" && first?.literal === "config" && second?.literal === "use-context";
  return uses && third ? named(linted, "context", third.shape, third) : [];
}

function helmNames(linted: LintedBlock, args: readonly Word[]): Named[] {
  return args.flatMap((word, index) => {
    const [flag = "", value] = word.shape.split("=", 2);
    const what = flags[flag];
    const next = args[index + 1];
    if (!what) return [];
    if (value !== undefined) return named(linted, what, value, word);
    return next ? named(linted, what, next.shape, next) : [];
  });
}

/** `http://api.NAME.svc.cluster.local` */
function serviceNames(linted: LintedBlock, { args }: Call): Named[] {
  return args.flatMap((word) => {
    if (!word.text.includes(".svc") || !linted.isWritten(word)) return [];
    return [...word.text.matchAll(/(?<![\w-])([a-z0-9-]{1,63}\.)([a-z0-9-]{1,63})\.svc(?![\w-])/g)].flatMap((match) => {
      const [, service = "", value = ""] = match;
      const start = word.start + match.index + service.length;
      return at(linted, "namespace", value, start);
    });
  });
}

/** `namespace: NAME` in a manifest that stands in a here-document. */
function manifestNames(linted: LintedBlock): Named[] {
  return manifestLines(linted).flatMap(({ text, start }) => {
    const match = /^(\s{1,40}namespace:[ \t]{1,9}["']?)([a-z0-9-]{1,63})["']?\s{0,40}$/.exec(text);
    return match ? at(linted, "namespace", match[2] ?? "", start + (match[1] ?? "").length) : [];
  });
}

function named(linted: LintedBlock, what: Named["what"], value: string, word: Word): Named[] {
  if (value === "" || value.includes(hole) || linted.hasPlaceholder(word.start, word.end)) return [];
  const edit = linted.replaceIn(word, value, "");
  if (edit) return at(linted, what, value, edit.start);
  return [{ what, value, place: linted.place(word.start, word.end), replace: () => [] }];
}

function at(linted: LintedBlock, what: Named["what"], value: string, start: number): Named[] {
  const end = start + value.length;
  if (linted.hasPlaceholder(start, end)) return [];
  const replace = (name: string) => linted.fix(`Replace ${value} by ${name}`, [{ start, end, newText: name }]);
  return [{ what, value, place: linted.place(start, end), replace }];
}
