import type { Command } from "./analysis.ts";
import type { EffectTable } from "./effects/effectTable.ts";
import { rank, type Verdict, worst } from "./effects/verdict.ts";
import { firstDoubt } from "./misreading.ts";
import type { Parse } from "./parser.ts";
import { type Findings, functionsOf, noFindings, type Scope } from "./scope.ts";
import type { Syntax } from "./syntax.ts";
import type { Names } from "./variables.ts";
import { walk } from "./walk.ts";

/** A parsed script. */
export interface ParsedScript {
  /** What was parsed: placeholders are holes in it. */
  readonly source: string;
  readonly script: string;
  /** Null where it could not be parsed. */
  readonly root: Syntax | null;
  readonly names: Names;
  readonly table: EffectTable;
  readonly parse: Parse;
}

/** The top-level commands of a script, and the ranges that another shell reads again. */
export function readCommands(parsed: ParsedScript): { commands: Command[]; reread: Findings["reread"] } {
  const { script, root } = parsed;
  const lines = lineStarts(script);
  if (!root) {
    const start = script.search(/\S/);
    if (start < 0) return { commands: [], reread: [] };
    const end = script.trimEnd().length;
    const tooLarge: Verdict = { effect: "change", reason: "too large to analyse" };
    const whole = command({ start, end }, start, script, lines, { ...noFindings(), verdicts: [tooLarge] });
    return { commands: [whole], reread: [{ start: 0, end: script.length }] };
  }
  const self = { source: parsed.source, text: script, names: parsed.names, holder: null };
  const scope: Scope = {
    ...parsed,
    ...self,
    functions: functionsOf(self),
    elsewhere: null,
    running: [],
    depth: 0,
    budget: { left: 20_000 },
  };
  const doubt = firstDoubt(root, parsed.source);
  const reread: Findings["reread"] = [];
  const comments: Syntax[] = [];
  const commands: Command[] = [];
  for (const node of statements(root)) {
    if (node.type === "comment") {
      comments.push(node);
      continue;
    }
    const found = noFindings();
    walk(node, scope, { kind: "none" }, found);
    if (doubt !== null && node.end >= doubt) {
      found.verdicts.push({ effect: "change", reason: "bash cannot read it as it stands" });
    }
    reread.push(...found.reread);
    const end = withoutTrailingBlanks(node, script);
    commands.push(
      command({ start: node.start, end }, commentAbove(node, comments, script, lines), script, lines, found),
    );
  }
  return { commands, reread };
}

function command(
  span: { start: number; end: number },
  commentStart: number,
  script: string,
  lines: readonly number[],
  { calls, verdicts }: Findings,
): Command {
  const effects = [...verdicts].sort((one, other) => rank(other.effect) - rank(one.effect));
  const reasons = effects.filter(({ effect }) => effect !== "read").map(({ reason }) => reason);
  return {
    line: lineOf(span.start, lines),
    endLine: lineOf(Math.max(span.start, span.end - 1), lines),
    commentLine: lineOf(commentStart, lines),
    ...span,
    text: script.slice(span.start, span.end),
    effect: worst(verdicts)?.effect ?? "read",
    reasons: [...new Set(reasons)],
    calls,
  };
}

/**
 * The statements at the top, comments among them. Tokens that are no separators stand there only where nothing fits: each
 * run of them is one statement.
 */
function statements(root: Syntax): Syntax[] {
  const found: Syntax[] = [];
  for (const node of root.children) {
    const before = found.at(-1);
    if (node.end === node.start || [";", ";;", "&", "\n"].includes(node.type)) continue;
    if (node.named) found.push(node);
    else if (before?.type === "ERROR") found[found.length - 1] = { ...before, end: node.end };
    else found.push({ ...node, type: "ERROR", named: true, children: [] });
  }
  return found;
}

/** Where the comment begins that stands directly above a command; the command's own start where there is none. */
function commentAbove(node: Syntax, comments: readonly Syntax[], script: string, lines: readonly number[]): number {
  let start = node.start;
  for (let index = comments.length - 1; index >= 0; index--) {
    const comment = comments[index];
    if (!comment || lineOf(comment.start, lines) !== lineOf(start, lines) - 1) break;
    if (script.slice(lines[lineOf(comment.start, lines)] ?? 0, comment.start).trim() !== "") break;
    start = comment.start;
  }
  return start;
}

function withoutTrailingBlanks(node: Syntax, script: string): number {
  return node.start + script.slice(node.start, node.end).trimEnd().length;
}

/** The offsets at which lines begin. */
export function lineStarts(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
  return starts;
}

/** The zero-based line of an offset. */
export function lineOf(offset: number, starts: readonly number[]): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}
