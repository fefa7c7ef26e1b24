import { setImmediate } from "node:timers/promises";
import MarkdownIt from "markdown-it";
import type { ShellParser } from "../../src/shell/parser.ts";
import { lensMaker } from "./lensMaking.ts";
import { runbookText } from "./runbookText.ts";

/** Times of something done again and again, in ms; or ratios of such times. */
export interface Times {
  readonly median: number;
  readonly p95: number;
  readonly least: number;
  readonly most: number;
}

/** Making the lenses of a runbook that was not seen before, against a bare markdown-it parse of the same text, in the same process. */
export interface ReadingSpeed {
  readonly lines: number;
  readonly ours: Times;
  readonly bare: Times;
  /** Ours over bare, round by round, which a busy machine disturbs less than the times; `median` is the figure. */
  readonly ratio: Times;
}

/** Reads a runbook of `lines` lines and makes its first lenses `rounds` times, by turns with markdown-it's bare parse. */
export function measureReading(lines: number, rounds: number): ReadingSpeed {
  const text = runbookText(lines);
  const markdown = new MarkdownIt("commonmark");
  const ours: number[] = [];
  const bare: number[] = [];
  const warmUp = Math.ceil(rounds / 5);
  for (let round = -warmUp; round < rounds; round++) {
    const make = lensMaker(null);
    const one = timed(() => make(text));
    const other = timed(() => markdown.parse(text, {}));
    if (round < 0) continue;
    ours.push(one);
    bare.push(other);
  }
  const ratios = ours.map((time, round) => time / (bare[round] ?? time));
  return { lines, ours: timesOf(ours), bare: timesOf(bare), ratio: timesOf(ratios) };
}

/**
 * Types single letters at random places of a runbook of `lines` lines; gives the times from new text to new lenses, those of
 * commands and effects included. Every eighth edit changes the structure (opens a fence, adds a definition, …) and the one
 * after it takes that back.
 */
export async function measureEdits(lines: number, edits: number, parser: ShellParser): Promise<Times> {
  let text = runbookText(lines);
  let before = text;
  const make = lensMaker(parser);
  make(text);
  await setImmediate();
  make(text);
  const random = seeded(lines);
  const times: number[] = [];
  for (let edit = 0; edit < edits; edit++) {
    const at = Math.floor(random() * text.length);
    if (edit % 8 === 6) before = text;
    const inserted = edit % 8 === 6 ? structural[Math.floor(edit / 8) % structural.length] : "x";
    text = edit % 8 === 7 ? before : [text.slice(0, at), inserted, text.slice(at)].join("");
    times.push(timed(() => make(text)));
  }
  return timesOf(times);
}

const structural = [
  "```\n",
  "\n```\n",
  "\n[note]: https://x.example\n",
  "\n# Title\n",
  "\n<!-- ",
  "\n---\n",
  "\n- item\n",
];

function timed(work: () => unknown): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}

function timesOf(times: readonly number[]): Times {
  const sorted = times.toSorted((one, other) => one - other);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
  return { median: at(0.5), p95: at(0.95), least: at(0), most: at(1) };
}

/** Numbers in [0, 1) that are the same in every run (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
