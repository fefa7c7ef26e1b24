import type { Word } from "./analysis.ts";
import { isBuiltInKind, pluralKind } from "./kubectlKinds.ts";

/** One resource that a kubectl command names. */
export interface KubectlResource {
  /** Lower case plural, as the API has it: `pods`, `deployments`; with its group where that is not built in. */
  readonly kind: string;
  readonly name: string | null;
}

/** Verbs whose words are pods, or `TYPE/NAME`, and not a kind followed by names. */
export const aboutPods = new Set(["logs", "log", "exec", "attach", "port-forward", "debug", "rsh", "cp", "rsync"]);
const aboutNodes = new Set(["cordon", "uncordon", "drain"]);
/** Verbs whose words are kinds and names. */
const aboutResources = new Set(
  `get describe delete edit patch label annotate scale autoscale expose wait rollout set top explain apply replace taint
  extract events`.split(/\s+/),
);

/** What the words behind a verb say. */
export interface Named {
  readonly resources: readonly KubectlResource[];
  readonly rest: readonly string[];
  readonly container: string | null;
  readonly subcommand: readonly Word[] | null;
  readonly unknown: boolean;
}

/** Takes the words behind a verb apart. */
export function readResources(verb: readonly string[], words: readonly Word[]): Named {
  const main = verb[0] ?? "";
  const none = { resources: [], rest: words.map(written), container: null, subcommand: null, unknown: false };
  const unknown = words.some((word) => word.literal === null);
  if (aboutPods.has(main)) return { ...readPods(main, words), unknown };
  if (aboutNodes.has(main) || (main === "adm" && aboutNodes.has(verb[1] ?? ""))) {
    const resources = words.map((word) => ({ kind: "nodes", name: written(word).replace(/^nodes?\//, "") }));
    return { ...none, resources, rest: [], unknown };
  }
  if (main === "top") {
    const names = words.map(written);
    const kind = pluralKind(verb[1] ?? "");
    const resources: KubectlResource[] =
      names.length > 0 ? names.map((name) => ({ kind, name })) : [{ kind, name: null }];
    return { ...none, resources, rest: [], unknown };
  }
  if (main === "create" && verb.length > 1) {
    const kind = pluralKind(main === "create" && verb[1] === "secret" ? "secrets" : (verb[1] ?? ""));
    return { ...none, resources: words.slice(0, 1).map((word) => ({ kind, name: written(word) })), unknown };
  }
  return aboutResources.has(main) ? { ...none, ...readKinds(words), unknown } : { ...none, unknown };
}

/** `TYPE/NAME…`, `TYPE NAME…`, `TYPE,TYPE`; what looks like a setting (`a=b`, `a-`) belongs to the verb. */
function readKinds(words: readonly Word[]): Pick<Named, "resources" | "rest"> {
  const settings = words.filter((word, index) => index > 0 && isSetting(word.shape));
  const named = words.filter((word) => !settings.includes(word)).map(written);
  const rest = settings.map(written);
  const [first, ...others] = named;
  if (first === undefined) return { resources: [], rest };
  if (first.includes("/")) {
    const resources = named.map((name) => {
      const slash = name.indexOf("/");
      return { kind: pluralKind(name.slice(0, slash)), name: name.slice(slash + 1) };
    });
    return { resources, rest };
  }
  const kinds = first.split(",").map(pluralKind);
  const wanted: readonly (string | null)[] = others.length > 0 ? others : [null];
  const resources = kinds.flatMap((kind) => wanted.map((name) => ({ kind, name })));
  return { resources, rest };
}

function readPods(verb: string, words: readonly Word[]): Omit<Named, "unknown"> {
  const [target, ...others] = words;
  const rest = others.map(written);
  if (!target) return { resources: [], rest, container: null, subcommand: null };
  if (verb === "cp" || verb === "rsync") {
    return { resources: [], rest: [written(target), ...rest], container: null, subcommand: null };
  }
  const text = written(target);
  const slash = text.indexOf("/");
  const typed = slash > 0 && isBuiltInKind(text.slice(0, slash));
  const resource = typed
    ? { kind: pluralKind(text.slice(0, slash)), name: text.slice(slash + 1) }
    : { kind: "pods", name: text };
  const runs = (verb === "exec" || verb === "rsh") && others.length > 0;
  const container = verb === "logs" && rest.length > 0 ? (rest[0] ?? null) : null;
  return { resources: [resource], rest: runs ? [] : rest, container, subcommand: runs ? others : null };
}

/** A word's value where it is known, else as it is written, without its double quotes. */
function written(word: Word): string {
  return word.literal ?? word.text.replaceAll(/"([^"]*)"/g, "$1");
}

function isSetting(shape: string): boolean {
  return (
    shape.includes("=") || /^[^/]+-$/.test(shape) || /^[\w./-]+:(NoSchedule|NoExecute|PreferNoSchedule)-?$/.test(shape)
  );
}
