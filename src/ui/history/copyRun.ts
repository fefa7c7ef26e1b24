import type { RunRecord } from "../../journal/runRecord.ts";
import { describeTarget } from "../../plan/plan.ts";
import { sizeText } from "../output/runOutput.ts";
import { type RunPiece, renderRun } from "./renderRun.ts";
import { dateAndTime, lastLine } from "./runOutcome.ts";

/** So many lines of output go into a copy. */
export const mostCopied = 200;

/** The last part of the output of a run; `from` bytes come before it. */
export interface OutputTail {
  readonly bytes: Uint8Array;
  readonly from: number;
}

/** A run for a chat that knows Markdown: what, where, when, how it ended; the commands with the end of their output. */
export async function runAsMarkdown(record: RunRecord, tail: OutputTail): Promise<string> {
  const body = await copiedLines(record, tail);
  const { title, target, at } = record.start;
  const longest =
    body
      .join("\n")
      .match(/`{3,}/g)
      ?.reduce((most, ticks) => Math.max(most, ticks.length), 2) ?? 2;
  const fence = "`".repeat(longest + 1);
  return [
    `**${title.replaceAll(/[\\`*_[\]<>]/g, "\\$&")}** on ${inlineCode(describeTarget(target))}`,
    `${dateAndTime(at)} · ${lastLine(record)}`,
    "",
    `${fence}console`,
    ...body,
    fence,
    "",
  ].join("\n");
}

/** The same as plain text. */
export async function runAsText(record: RunRecord, tail: OutputTail): Promise<string> {
  const { title, target, at } = record.start;
  const body = await copiedLines(record, tail);
  return [`${title} on ${describeTarget(target)}, ${dateAndTime(at)}`, "", ...body, lastLine(record), ""].join("\n");
}

/** Commands as at a prompt, results, and of the output the last lines, with a line that says what was left out. */
async function copiedLines(record: RunRecord, { bytes, from }: OutputTail): Promise<string[]> {
  const pieces: RunPiece[] = [];
  for await (const piece of renderRun(record, [bytes], { times: true }, from)) pieces.push(piece);
  const all = pieces
    .filter(({ kind, text }) => kind !== "head" && kind !== "end" && text !== "")
    .flatMap(({ kind, text }) =>
      text
        .trimEnd()
        .split("\n")
        .map((line) => ({ kind, line })),
    );
  const missing = Math.max(0, all.filter(({ kind }) => kind === "output").length - mostCopied);
  if (missing === 0 && from === 0) return all.map(copiedLine);
  let left = missing;
  const kept = all.filter(({ kind }) => kind !== "output" || left-- <= 0);
  const at = kept.findIndex(({ kind }) => kind === "output");
  const what = from > 0 ? `more than ${sizeText(from)}` : missing === 1 ? "1 line" : `${missing} lines`;
  const lines = kept.map(copiedLine);
  return [...lines.slice(0, at), `⋯ ${what} of output left out`, ...lines.slice(at)];
}

function copiedLine({ kind, line }: { readonly kind: RunPiece["kind"]; readonly line: string }): string {
  return kind === "command" ? line.replace(/^⏵ /, "$ ").replace(/^│ /, "> ") : line;
}

function inlineCode(text: string): string {
  return text.includes("`") ? text : `\`${text}\``;
}
