import type { Token } from "markdown-it";
import { fingerprint } from "./blockIds.ts";
import { fenceAttributes } from "./fenceInfo.ts";
import { fieldName } from "./fieldNames.ts";
import { fieldsOf, type PlacedProse } from "./fields.ts";
import { mayLink, type Prose } from "./inlineTexts.ts";
import { markdown } from "./markdown.ts";
import type { Definition, Fence, Heading, Part } from "./part.ts";
import { isPromql } from "./promqlFence.ts";
import { fenceLanguage } from "./shellLanguages.ts";
import { topicsOf } from "./topics.ts";

/** A part with the zero-based line it begins on. */
export interface PlacedPart {
  readonly line: number;
  readonly part: Part;
}

/**
 * Reads a text of `lineCount` lines as the parts of a document, in order. Only blocks are parsed, not the inline Markdown
 * within them.
 */
export function readParts(text: string, lineCount: number): PlacedPart[] {
  const tokens: Token[] = [];
  const definitions: Definition[] = [];
  markdown.block.parse(text, markdown, { references: recordInto(definitions) }, tokens);
  const nextDefinition = definitions.values();
  const placed: PlacedPart[] = [];
  let first = 0;
  for (let index = 1; index <= tokens.length; index++) {
    const token = tokens[index];
    if (token && !beginsPart(token)) continue;
    const line = tokens[first]?.map?.[0] ?? 0;
    const span = (token?.map?.[0] ?? lineCount) - line;
    placed.push({ line, part: partOf(tokens, first, index, line, span, nextDefinition) });
    first = index;
  }
  return placed;
}

function beginsPart({ level, nesting, map }: Token): boolean {
  return level === 0 && nesting >= 0 && map !== null;
}

/**
 * A table of reference definitions which is always empty and notes all that is put into it. markdown-it keeps only the
 * first of several with one label; which is the first is known only when all parts of the document are.
 */
function recordInto(definitions: Definition[]): Record<string, { title: string; href: string }> {
  return new Proxy<Record<string, { title: string; href: string }>>(
    {},
    {
      get: () => undefined,
      set: (_, label, { href }: { href: string }) => definitions.push({ label: String(label), href }) > 0,
    },
  );
}

const none: readonly never[] = [];

/** The part that the tokens from `first` up to `end` make. Every definition among them takes the next of `nextDefinition`. */
function partOf(
  tokens: readonly Token[],
  first: number,
  end: number,
  line: number,
  span: number,
  nextDefinition: Iterator<Definition>,
): Part {
  const fences: Fence[] = [];
  const prose: PlacedProse[] = [];
  const items: { line: number; depth: number; prose: PlacedProse | null }[] = [];
  const definitions: Definition[] = [];
  const open: number[] = [];
  for (let index = first; index < end; index++) {
    const token = tokens[index];
    if (!token) break;
    const start = (token.map?.[0] ?? line) - line;
    if (token.type === "inline") {
      const item = open.at(-1) ?? -1;
      const one = { line: start, content: token.content, level: token.level, item };
      prose.push(one);
      const owner = items[item];
      if (owner && owner.prose === null) owner.prose = one;
    } else if (token.type === "fence") {
      fences.push(fenceOf(token, start, line));
    } else if (token.type === "list_item_open") {
      open.push(items.push({ line: start, depth: open.length, prose: null }) - 1);
    } else if (token.type === "list_item_close") {
      open.pop();
    } else if (token.type === "reference_definition") {
      const next = nextDefinition.next();
      if (!next.done) definitions.push(next.value);
    }
  }
  const opening = tokens[first];
  const heading = opening?.type === "heading_open" && prose[0] ? headingOf(opening, prose[0]) : null;
  return {
    span,
    heading,
    // A long document has many parts, of which most have little: they share one empty list.
    fences: fences.length > 0 ? fences : none,
    prose,
    items: items.length > 0 ? items : none,
    definitions: definitions.length > 0 ? definitions : none,
    fields: fieldsOf(prose),
    quiet: items.length > 0 || fences.some(isPromql) ? "no" : quietness(prose),
  };
}

function quietness(prose: readonly Prose[]): Part["quiet"] {
  if (prose.some(({ content }) => content.includes("|") || mayLink(content) === "yes")) return "no";
  return prose.some(({ content }) => mayLink(content) === "reference") ? "undefined" : "always";
}

function headingOf({ tag }: Token, prose: Prose): Heading {
  const { content } = prose;
  return { level: Number(tag.slice(1)), prose, topics: topicsOf(content), field: fieldName(content) };
}

function fenceOf(token: Token, start: number, line: number): Fence {
  const info = markdown.utils.unescapeAll(token.info);
  const language = fenceLanguage(info);
  return {
    line: start,
    endLine: (token.map?.[1] ?? line + start + 1) - line - 1,
    language,
    attributes: fenceAttributes(info),
    text: token.content,
    fingerprint: fingerprint(`${language}\n${token.content}`),
  };
}
