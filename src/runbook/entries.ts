import type { InlineText, InlineTexts } from "./inlineTexts.ts";
import type { Part } from "./part.ts";
import { readTable } from "./tables.ts";
import { trimEndOf } from "./trim.ts";

/** A thing that a list item or a row of a table tells of. */
export interface Entry {
  /** Zero-based line, counted from the part. */
  readonly line: number;
  /** What it begins with: bold text, a link's text, or what stands before the colon. */
  readonly name: string;
  /** What stands behind the name. */
  readonly rest: string;
  /** The first address of a page in it. */
  readonly url: string | null;
  readonly email: string | null;
  /** Whether the name stands out: as a link, in bold, before a colon, in a table's first column. */
  readonly named: boolean;
}

/** Cells of a row that are looked at; a line may have any number of them. */
const mostCells = 20;
const separator = /^[\s::,|–—-]+/u;
const address = /https?:\/\/[^\s<>"'`|]+/i;
const email = /[\p{L}\p{N}._%+-]{1,64}@[\p{L}\p{N}-]{1,63}(?:\.[\p{L}\p{N}-]{1,63}){1,8}/u;

/** The entries of a list or a table: of a list, its outermost items, and those below an item which has only a title. */
export function entriesOf(part: Part, texts: InlineTexts): Entry[] {
  if (part.items.length > 0) return itemEntries(part, texts);
  return part.prose.flatMap((prose) => {
    const table = readTable(prose.content);
    return (table?.rows ?? []).flatMap(({ line, cells }) => {
      const read = cells.slice(0, mostCells).map((cell) => texts.of({ line: 0, content: cell }));
      const [first, ...others] = read;
      if (!first?.text) return [];
      const rest = others
        .map(({ text }) => text)
        .filter((text) => text !== "")
        .join(", ");
      const found = addresses(read, `${first.text} ${rest}`);
      return [{ line: prose.line + line, name: first.text, rest, named: true, ...found }];
    });
  });
}

function itemEntries(part: Part, texts: InlineTexts): Entry[] {
  const entries: Entry[] = [];
  let opened = 0;
  part.items.forEach((item, index) => {
    if (item.depth < opened) opened = item.depth;
    if (item.depth > opened || !item.prose) return;
    const entry = entryOf(texts.of(item.prose), item.line);
    const hasItems = (part.items[index + 1]?.depth ?? 0) > item.depth;
    if (hasItems && entry.rest === "" && !entry.url && !entry.email) opened = item.depth + 1;
    else entries.push(entry);
  });
  return entries;
}

function entryOf(read: InlineText, line: number): Entry {
  const lead = leadOf(read);
  const split = lead === null ? /^(.{1,80}?)\s*(?:[::](?=\s|$)|\s[–—-]\s)/u.exec(read.text) : null;
  const name = (lead ?? split?.[1] ?? "").trim();
  const rest = name ? read.text.slice(read.text.indexOf(name) + name.length).replace(separator, "") : "";
  const found = addresses([read], read.text);
  if (name) return { line, name: trimEndOf(name, " ::"), rest, named: true, ...found };
  return { line, name: found.email ?? read.text, rest: found.email ? read.text : "", named: false, ...found };
}

/** The bold text or link that the text begins with. */
function leadOf({ pieces, links }: InlineText): string | null {
  const [first] = pieces.filter(({ text }) => text.trim() !== "");
  if (!first) return null;
  if (first.link >= 0) return links[first.link]?.text || null;
  if (!first.strong) return null;
  const end = pieces.findIndex((piece, index) => index >= pieces.indexOf(first) && !piece.strong);
  return pieces
    .slice(pieces.indexOf(first), end < 0 ? undefined : end)
    .map(({ text }) => text)
    .join("");
}

function addresses(read: readonly InlineText[], text: string): { url: string | null; email: string | null } {
  const hrefs = read.flatMap(({ links }) => links.map(({ href }) => href));
  const mail = hrefs.find((href) => /^mailto:/i.test(href))?.slice("mailto:".length);
  const url = hrefs.find((href) => !/^mailto:/i.test(href)) ?? trimEndOf(address.exec(text)?.[0] ?? "", ".,;:!?)]");
  return { url: url || null, email: mail ?? email.exec(text)?.[0] ?? null };
}
