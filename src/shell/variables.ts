import { everyNode, type Syntax } from "./syntax.ts";
import { hole, type Lookup, shapeOf } from "./words.ts";

/** The names a script gives to values and to commands. */
export interface Names {
  /** Every variable that it sets somehow. */
  readonly variables: ReadonlySet<string>;
  /** The value that a variable surely has at an offset; undefined where that cannot be said. */
  lookupAt(offset: number): Lookup;
  /** The definitions of its functions. */
  readonly functions: ReadonlyMap<string, readonly Syntax[]>;
  readonly aliases: ReadonlySet<string>;
  /** Whether it runs text that may set any variable: `source`, `eval`. */
  readonly setsUnseen: boolean;
}

interface Assigned {
  /** Null where it depends on what a run brings, or where there are several values. */
  readonly value: string | null;
  /** Where it is first set. */
  readonly start: number;
}

const noLookup: Lookup = () => undefined;
const settingBuiltins = new Set([
  "read",
  "mapfile",
  "readarray",
  "getopts",
  "printf",
  "let",
  "unset",
  "typeset",
  "vared",
]);

/** Collects the names of a script. */
export function readNames(root: Syntax, source: string): Names {
  const assigned = new Map<string, Assigned>();
  const functions = new Map<string, Syntax[]>();
  const aliases = new Set<string>();
  const unset = new Set<string>();
  let setsUnseen = false;
  const lookupAt = (offset: number): Lookup => {
    if (setsUnseen) return noLookup;
    return (name) => {
      const known = assigned.get(name);
      return known && known.start <= offset && !unset.has(name) ? (known.value ?? undefined) : undefined;
    };
  };
  const assign = (name: string, value: string | null, start: number) => {
    const known = assigned.get(name);
    assigned.set(name, known ? { ...known, value: known.value === value ? value : null } : { value, start });
  };
  const unknown = (name: string, start: number) => assign(name, null, start);
  const persistent = topLevelAssignments(root);
  for (const node of everyNode(root)) {
    if (node.type === "variable_assignment") {
      const target = node.children.find(({ field }) => field === "name") ?? node;
      const name = /^\w*/.exec(source.slice(target.start, target.end))?.[0] ?? "";
      const value = node.children.find(({ field }) => field === "value");
      const plain = persistent.has(node) && target.type === "variable_name" && source.charAt(target.end) === "=";
      const shape = plain && value?.type !== "array" ? assignedShape(value, source, lookupAt(node.start)) : hole;
      assign(name, shape.includes(hole) ? null : shape, node.start);
    } else if (node.type === "for_statement") {
      const variable = node.children.find(({ field }) => field === "variable");
      if (variable) unknown(source.slice(variable.start, variable.end), node.start);
    } else if (node.type === "function_definition") {
      const name = node.children.find(({ field }) => field === "name");
      if (name) addTo(functions, source.slice(name.start, name.end), node);
    } else if (node.type === "expansion" && /^\$\{\w+:?=/.test(source.slice(node.start, node.start + 80))) {
      unknown(/\w+/.exec(source.slice(node.start, node.end))?.[0] ?? "", node.start);
    } else if (node.type === "compound_statement" && source.startsWith("((", node.start)) {
      for (const [name] of source.slice(node.start, node.end).matchAll(/\b[A-Za-z_]\w*/g)) unknown(name, node.start);
    } else if (node.type === "unset_command") {
      for (const name of wordsOf(node, source)) unset.add(name);
    } else if (node.type === "command") {
      const [program = "", ...words] = wordsOf(node, source);
      for (const word of wordsThatSet(program, words)) setBy(word, (name) => unknown(name, node.start));
      if (program === "alias") for (const word of words) aliases.add(/^([^=]+)=/.exec(word)?.[1] ?? "");
      if (program === "source" || program === "." || program === "eval") setsUnseen = true;
    }
  }
  aliases.delete("");
  return { variables: new Set(assigned.keys()), lookupAt, functions, aliases, setsUnseen };
}

/** The names of a script of which nothing is known. */
export const noNames: Names = {
  variables: new Set(),
  lookupAt: () => noLookup,
  functions: new Map(),
  aliases: new Set(),
  setsUnseen: false,
};

/** Assignments that surely happen, in this shell: those which stand at the top of the script. */
function topLevelAssignments(root: Syntax): ReadonlySet<Syntax> {
  const found = new Set<Syntax>();
  for (const statement of root.children) {
    if (statement.type === "variable_assignment") found.add(statement);
    if (statement.type !== "variable_assignments" && statement.type !== "declaration_command") continue;
    for (const child of statement.children) if (child.type === "variable_assignment") found.add(child);
  }
  return found;
}

function assignedShape(value: Syntax | undefined, source: string, lookup: Lookup): string {
  if (!value) return "";
  return shapeOf(source.slice(value.start, value.end), lookup);
}

function wordsOf(command: Syntax, source: string): string[] {
  return command.children
    .filter(({ named, type }) => named && type !== "variable_assignment" && !type.endsWith("_redirect"))
    .map(({ start, end }) => source.slice(start, end).replace(/^["']|["']$/g, ""));
}

function wordsThatSet(program: string, words: readonly string[]): readonly string[] {
  if (program === "printf") return words[0] === "-v" ? words.slice(1, 2) : [];
  return settingBuiltins.has(program) ? words : [];
}

function setBy(word: string, set: (name: string) => void): void {
  const name = /^([A-Za-z_]\w*)(\[.*)?(\+?=.*)?$/.exec(word)?.[1];
  if (name !== undefined) set(name);
}

function addTo(map: Map<string, Syntax[]>, key: string, value: Syntax): void {
  const known = map.get(key);
  if (known) known.push(value);
  else map.set(key, [value]);
}
