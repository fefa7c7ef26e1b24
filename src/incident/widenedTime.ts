import { secondsWords } from "../recovery/recoveryClock.ts";

/** A recovery time that was measured, in seconds, and the day: `2026-11-25`. */
export interface MeasuredTime {
  readonly seconds: number;
  readonly day: string;
}

const unit = "seconds?|secs?|s|minutes?|mins?|m|hours?|hrs?|h";
const number = "\\d{1,6}(?:\\.\\d{1,3})?";
const single = new RegExp(`(?<![\\w.,])(${number})([ \\t]*)(${unit})(?![\\w])`, "gi");
const range = new RegExp(
  `(?<![\\w.,])(${number})(?:([ \\t]*)(${unit}))?([ \\t]*(?:[-–—]|to)[ \\t]*)(${number})([ \\t]*)(${unit})(?![\\w])`,
  "i",
);
const upTo = /(?:[≤<]=?|up to|under|within|below|at most|less than|max(?:imum)?\.?)[ \t]*$/i;
const note = / \(measured ([^()|]*)\)/;
/** What may stand behind a value and belongs to the line, not to the value: a hard line break. */
const lineEnd = /[ \t]*(?:\\|<br ?\/?>)?[ \t\r]*$/i;

/**
 * A line that tells an expected recovery time, widened so that it holds what was measured, with a note of that; in its own
 * units and way of writing. Null where the line does not tell one time or range only, or holds everything already.
 */
export function widenedTime(line: string, measured: readonly MeasuredTime[]): string | null {
  const noted = note.exec(line);
  const bare = noted ? line.slice(0, noted.index) + line.slice(noted.index + noted[0].length) : line;
  const written = widen(bare, measured);
  if (!written) return null;
  const words = written.outside.map(({ seconds, day }) => `${secondsWords(seconds)} on ${day}`);
  const all = [...(noted?.[1] ? [noted[1]] : []), ...new Set(words)].join(", ");
  const end = endOfValue(written.line, written.end);
  return `${written.line.slice(0, end)} (measured ${all})${written.line.slice(end)}`;
}

interface Written {
  readonly line: string;
  /** Where the time ends in it. */
  readonly end: number;
  readonly outside: readonly MeasuredTime[];
}

function widen(line: string, measured: readonly MeasuredTime[]): Written | null {
  const found = range.exec(line);
  const [first, ...others] = [...line.matchAll(single)];
  const within = (at: number) => found && found.index <= at && at < found.index + found[0].length;
  if (!first || (within(first.index) ? others.some(({ index }) => !within(index)) : others.length > 0)) return null;
  if (found && within(first.index)) {
    const [, low = "", lowGap = "", lowUnit, dash = "", high = "", gap = "", highUnit = ""] = found;
    const least = { amount: Number(low), unit: lowUnit ?? highUnit };
    const most = { amount: Number(high), unit: highUnit };
    const outside = measured.filter(({ seconds }) => seconds < inSeconds(least) || seconds > inSeconds(most));
    const from = lower(least, outside);
    const to = higher(most, outside);
    const text = `${from}${lowUnit === undefined ? "" : `${lowGap}${lowUnit}`}${dash}${to}${gap}${plural(highUnit, to)}`;
    return replaced(line, found, text, outside);
  }
  const [, amount = "", gap = "", name = ""] = first;
  const only = { amount: Number(amount), unit: name };
  const isMost = upTo.test(line.slice(0, first.index));
  const outside = measured.filter(({ seconds }) => seconds > inSeconds(only) || (!isMost && seconds < inSeconds(only)));
  const from = lower(only, outside);
  const to = higher(only, outside);
  const text = `${isMost || from === to ? "" : `${from}-`}${to}${gap}${plural(name, to)}`;
  return replaced(line, first, text, outside);
}

function replaced(
  line: string,
  { index, 0: before }: { readonly index: number; readonly 0: string },
  text: string,
  outside: readonly MeasuredTime[],
): Written | null {
  if (outside.length === 0) return null;
  return {
    line: line.slice(0, index) + text + line.slice(index + before.length),
    end: index + text.length,
    outside,
  };
}

interface Amount {
  readonly amount: number;
  readonly unit: string;
}

function inSeconds({ amount, unit: name }: Amount): number {
  return amount * unitSeconds(name);
}

function unitSeconds(name: string): number {
  const [letter] = name.toLowerCase();
  return letter === "h" ? 3600 : letter === "m" ? 60 : 1;
}

/** The lower end in its unit, rounded down where it changes. */
function lower({ amount, unit: name }: Amount, measured: readonly MeasuredTime[]): number {
  const least = Math.min(...measured.map(({ seconds }) => seconds / unitSeconds(name)));
  return least < amount ? rounded(least, name, Math.floor) : amount;
}

/** The upper end in its unit, rounded up where it changes. */
function higher({ amount, unit: name }: Amount, measured: readonly MeasuredTime[]): number {
  const most = Math.max(...measured.map(({ seconds }) => seconds / unitSeconds(name)));
  return most > amount ? rounded(most, name, Math.ceil) : amount;
}

/** Nobody expects a recovery to the second: tens of seconds go in steps of 5, parts of a minute in tenths. */
function rounded(amount: number, name: string, round: (value: number) => number): number {
  if (unitSeconds(name) === 1) return amount < 10 ? round(amount) : round(amount / 5) * 5;
  return amount < 1 ? round(amount * 10) / 10 : round(amount);
}

function plural(name: string, amount: number): string {
  return amount !== 1 && /(?:second|minute|hour)$/i.test(name) ? `${name}s` : name;
}

/** Where a note goes: at the end of the cell of a table, or of the line. */
function endOfValue(line: string, from: number): number {
  const bar = line.trimStart().startsWith("|") ? line.indexOf("|", from) : -1;
  const end = bar >= 0 ? bar : line.length;
  return Math.max(from, line.slice(0, end).replace(lineEnd, "").length);
}
