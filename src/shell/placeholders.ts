import type { Placeholder, PlaceholderForm, PlaceholderPosition } from "./analysis.ts";
import { lineOf, lineStarts } from "./commands.ts";
import { isEnvironmentVariable } from "./environmentVariables.ts";
import { everyNode, type Syntax } from "./syntax.ts";
import { hole } from "./words.ts";

/** A place in a script that looks like one to fill in, before it is known how bash reads it. */
export interface Spot {
  readonly name: string;
  readonly start: number;
  readonly end: number;
  readonly form: PlaceholderForm;
}

const angle = /<[A-Za-z][^<>\n"`;$\\{}]*>/g;
const braces = /\$?\{\{ *[A-Za-z][\w.-]*(?: [\w-]+)* *\}\}/g;
const samplePath = /(?<![\w-])(?:(?:~|\.{1,2})?\/)?path\/to\/(?:(?:your|my|the)\/)?[\w.-]*\w/g;
const yours = /(?<![\w$-])(?<!\$\{)(?:YOUR[_-][A-Za-z0-9]\w*(?:-\w+)*|your[-_][a-z0-9]+(?:[-_][a-z0-9]+)*)(?![\w=])/g;

const notAngles =
  /^<(?:(?:none|unknown|nil|null|pending|invalid|unset|no value|eof)>|(?:html|head|body|title|a|b|p|i|br|hr|div|span|h[1-6]|ul|ol|li|table|tr|td|th|pre|code|script|style|img|input|form|xml|link|meta|strong|em)(?:>|\s|\/)|[\w.+-]+@[\w-]+(?:\.[\w-]+)+>|\w+:\/\/)/i;
const templateWords =
  /^\$?\{\{ *(?:end|else|range|if|with|define|template|block|break|continue|println|printf|print|json|index|len|toJson|include)\b/;

/** Longer scripts are not analysed. */
const longest = 100_000;

/** The spots of a script, in order; none within another. */
export function placeholderSpots(script: string): Spot[] {
  if (script.length > longest) return [];
  const spots: Spot[] = [];
  const add = (form: PlaceholderForm, pattern: RegExp, accept: (name: string, start: number) => boolean) => {
    for (const match of script.matchAll(pattern)) {
      const [name] = match;
      if (accept(name, match.index)) spots.push({ name, start: match.index, end: match.index + name.length, form });
    }
  };
  const isTemplate = templateLines(script);
  const closed = new Set(script.match(/<\/[A-Za-z][\w:.-]*(?=>)/g) ?? []);
  add("angle", angle, (name, start) => isAngle(name, start, script, closed));
  add("braces", braces, (name, start) => !templateWords.test(name) && !isTemplate(start));
  add("path", samplePath, () => true);
  add("your", yours, () => true);
  spots.sort((one, other) => one.start - other.start || other.end - one.end);
  return spots.filter((spot, index) => !spots.slice(Math.max(0, index - 8), index).some(({ end }) => end > spot.start));
}

/** The script with every spot as a word of the same length. */
export function standIns(script: string, spots: readonly Spot[]): string {
  let source = "";
  let at = 0;
  for (const { start, end } of spots) {
    source += script.slice(at, start) + hole.repeat(end - start);
    at = end;
  }
  return source + script.slice(at);
}

/** Redirections, comparisons and HTML have angles as well. */
function isAngle(name: string, start: number, script: string, closed: ReadonlySet<string>): boolean {
  const inner = name.slice(1, -1);
  const before = script.charAt(start - 1);
  if (before === "<" || /[\s=|&-]$/.test(inner) || /(^|\s)(&&|\|\|?|&)(\s|$)/.test(inner)) return false;
  if (/\w/.test(before) && /\s/.test(inner)) return false;
  if (/\(\?P?$/.test(script.slice(Math.max(0, start - 3), start))) return false;
  if (/'(?!s\b)/.test(inner) || opened(inner, "(") !== opened(inner, ")")) return false;
  const tag = /^[A-Za-z][\w:.-]*/.exec(inner)?.[0] ?? "";
  return !notAngles.test(name) && !inner.endsWith("/") && !closed.has(`</${tag}`);
}

function opened(text: string, bracket: string): number {
  return text.split(bracket).length;
}

const templateMark = /\{\{-? *(?:\.|\$|range\b|if\b|with\b|end\b|json\b|printf?\b|index\b|"|\/)/;

/** Tells whether an offset's line has the marks of a Go template, in which `{{name}}` is no placeholder. */
function templateLines(script: string): (offset: number) => boolean {
  let from = 0;
  let to = -1;
  let marked = false;
  return (offset) => {
    if (offset < from || offset > to) {
      from = script.lastIndexOf("\n", offset) + 1;
      to = script.indexOf("\n", offset);
      if (to < 0) to = script.length;
      marked = templateMark.test(script.slice(from, to));
    }
    return marked;
  };
}

/** A script whose placeholders are wanted. */
export interface SpottedScript {
  readonly script: string;
  readonly root: Syntax | null;
  readonly source: string;
  readonly spots: readonly Spot[];
  /** How many characters of each line are prompt. */
  readonly cuts: readonly number[];
  /** Ranges that another shell reads again. */
  readonly reread: readonly { readonly start: number; readonly end: number }[];
  /** Whether a variable gets its value without being asked for. */
  readonly known: (variable: string) => boolean;
}

/** The placeholders of a script, in its order. Comments have none. */
export function readPlaceholders({ script, root, source, spots, cuts, reread, known }: SpottedScript): Placeholder[] {
  const lines = lineStarts(script);
  const all = root ? [...spots, ...variableSpots(root, source, known)] : [...spots];
  all.sort((one, other) => one.start - other.start);
  return all.flatMap(({ name, start, end, form }) => {
    const position = root ? positionAt(root, start, source) : "bare";
    if (position === null) return [];
    const line = lineOf(start, lines);
    const column = start - (lines[line] ?? 0) + (cuts[line] ?? 0);
    const again = reread.some((range) => start >= range.start && start < range.end);
    return [{ name, line, column, start, end, position, reread: again, form }];
  });
}

function variableSpots(root: Syntax, source: string, known: (variable: string) => boolean): Spot[] {
  const spots: Spot[] = [];
  for (const { type, start, end } of everyNode(root)) {
    if (type !== "simple_expansion" && type !== "expansion") continue;
    const name = source.slice(start, end);
    const variable = /^\$(?:([A-Z][A-Z0-9_]*)|\{([A-Z][A-Z0-9_]*)\})$/.exec(name);
    const letters = variable?.[1] ?? variable?.[2];
    if (letters === undefined || known(letters) || isEnvironmentVariable(letters)) continue;
    spots.push({ name, start, end, form: "variable" });
  }
  return spots;
}

/** How bash reads what stands at an offset; null in a comment. */
function positionAt(root: Syntax, offset: number, source: string): PlaceholderPosition | null {
  let position: PlaceholderPosition = "bare";
  let quoted = false;
  for (let node: Syntax | undefined = root; node; node = childAt(node, offset)) {
    if (node.type === "comment") return null;
    if (node.type === "string" || node.type === "translated_string") position = "double-quoted";
    else if (node.type === "raw_string" || node.type === "ansi_c_string") position = "single-quoted";
    else if (node.type === "command_substitution" || node.type === "process_substitution") position = "bare";
    else if (node.type === "heredoc_redirect") {
      const start = node.children.find(({ type }) => type === "heredoc_start");
      quoted = start !== undefined && /["'\\]/.test(source.slice(start.start, start.end));
    } else if (node.type === "heredoc_body") position = quoted ? "quoted-heredoc" : "heredoc";
  }
  return position;
}

function childAt({ children }: Syntax, offset: number): Syntax | undefined {
  let low = 0;
  let high = children.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((children[middle]?.end ?? 0) <= offset) low = middle + 1;
    else high = middle;
  }
  const child = children[low];
  return child && child.start <= offset ? child : undefined;
}

/** A placeholder that is found without knowing how bash reads the text: lines that are comments have none. */
export function findPlaceholders(text: string): { readonly name: string; readonly line: number }[] {
  const lines = lineStarts(text);
  return placeholderSpots(text).flatMap(({ name, start }) => {
    const line = lineOf(start, lines);
    return /^\s*#/.test(text.slice(lines[line], start)) ? [] : [{ name, line }];
  });
}
