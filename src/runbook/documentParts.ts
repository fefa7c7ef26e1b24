import type { Part } from "./part.ts";
import { type PlacedPart, readParts } from "./readParts.ts";

/** A document as its lines and the parts they make. */
export interface DocumentParts {
  readonly lines: readonly string[];
  /** Blank lines above the first part. */
  readonly lead: number;
  /** Their spans and `lead` add up to the number of lines. */
  readonly parts: readonly Part[];
}

/** Splits a text into lines as markdown-it does, and replaces what it replaces. */
export function linesOf(text: string): string[] {
  const plain = text.includes("\r") ? text.replace(/\r\n?/g, "\n") : text;
  return (plain.includes("\0") ? plain.replaceAll("\0", "\ufffd") : plain).split("\n");
}

/** Reads a whole document. */
export function readDocument(lines: readonly string[]): DocumentParts {
  const read = readParts(lines.join("\n"), lines.length);
  return { lines, lead: read[0]?.line ?? lines.length, parts: read.map(({ part }) => part) };
}

/**
 * Reads a document that was read before, and of which some lines have changed: only the parts which these lines can
 * have an effect on are read again. What it gives is what `readDocument` gives.
 *
 * Reading from any line that begins a part gives the same parts from there on as reading the whole document. What a
 * part is depends on its lines, on the first line of the next part and, as a link reference definition looks for a title,
 * on the lines behind it down to a blank one. `window` is how many lines behind the edit are read at first, to find where
 * the document goes on as before.
 */
export function reread(before: DocumentParts, lines: readonly string[], window = 48): DocumentParts {
  const edit = changedLines(before.lines, lines);
  const starts = startLines(before);
  const kept = untouched(before, starts, edit.start);
  const from = kept > 0 ? (starts[kept] ?? 0) : 0;
  for (let ahead = window; ; ahead *= 4) {
    const to = Math.min(lines.length, edit.newEnd + ahead);
    const text = lines.slice(from, to).join("\n");
    const read = readParts(to < lines.length ? `${text}\n` : text, to - from);
    const meeting = meet(read, from, starts, edit, to < lines.length ? lastBlankBefore(lines, to) : lines.length);
    if (!meeting && to < lines.length) continue;
    const fresh = read.slice(0, meeting?.read).map(({ part }) => part);
    const rest = meeting ? before.parts.slice(meeting.before) : [];
    const blank = read[0]?.line ?? to - from;
    const above = withBlank(before.parts.slice(0, kept), blank);
    return { lines, lead: kept > 0 ? before.lead : blank, parts: [...above, ...fresh, ...rest] };
  }
}

interface Edit {
  /** First line that differs. */
  readonly start: number;
  /** First line of the common end, in the old lines and in the new. */
  readonly oldEnd: number;
  readonly newEnd: number;
}

function changedLines(before: readonly string[], after: readonly string[]): Edit {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start] === after[start]) start++;
  let same = 0;
  while (same < shorter - start && before[before.length - 1 - same] === after[after.length - 1 - same]) same++;
  return { start, oldEnd: before.length - same, newEnd: after.length - same };
}

function startLines({ lead, parts }: DocumentParts): number[] {
  let line = lead;
  return parts.map(({ span }) => {
    line += span;
    return line - span;
  });
}

/** How many of the first parts an edit from line `edited` on cannot have changed. */
function untouched({ lines }: DocumentParts, starts: readonly number[], edited: number): number {
  const blank = lastBlankBefore(lines, edited);
  let kept = 0;
  for (let next = starts[kept + 1]; next !== undefined; next = starts[kept + 1]) {
    if (next >= edited || next - 1 > blank) break;
    kept++;
  }
  return kept;
}

/**
 * Where the parts read anew and the old ones meet: both have a part that begins with the same line of the common end.
 * `sureTo` is the last blank line that was read; the last parts before it may be cut off by the window.
 */
function meet(
  read: readonly PlacedPart[],
  from: number,
  starts: readonly number[],
  edit: Edit,
  sureTo: number,
): { read: number; before: number } | null {
  let old = 0;
  for (const [index, { line }] of read.entries()) {
    const start = from + line;
    if (start < edit.newEnd) continue;
    if (start - 1 > sureTo) return null;
    const oldStart = start - edit.newEnd + edit.oldEnd;
    while ((starts[old] ?? Number.POSITIVE_INFINITY) < oldStart) old++;
    if (starts[old] === oldStart) return { read: index, before: old };
  }
  return null;
}

/** The parts with blank lines added to the last of them. */
function withBlank(parts: readonly Part[], blank: number): readonly Part[] {
  const last = parts.at(-1);
  return last && blank > 0 ? [...parts.slice(0, -1), { ...last, span: last.span + blank }] : parts;
}

/** The last line before `line` that is blank as markdown-it sees it, or -1. */
function lastBlankBefore(lines: readonly string[], line: number): number {
  for (let index = line - 1; index >= 0; index--) {
    if (/^[ \t]*$/.test(lines[index] ?? "")) return index;
  }
  return -1;
}
