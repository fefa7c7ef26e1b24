import { markdown, tokenStart } from "./markdown.ts";

/** A run of inline Markdown: a heading, a paragraph, a cell of a table. */
export interface Prose {
  /** Zero-based line it begins on, counted from the part it stands in. */
  readonly line: number;
  /** Its Markdown, without the markers and indentation of what it stands in. */
  readonly content: string;
}

/** A stretch of text that is all of one kind. */
export interface InlinePiece {
  readonly kind: "text" | "code";
  readonly text: string;
  readonly strong: boolean;
  /** Index of the link whose text it is, or -1. */
  readonly link: number;
  /** Lines below the first line of its prose; told for code only. */
  readonly line: number;
}

/** A link as markdown-it resolves it. */
export interface InlineLink {
  /** Percent-encoded, as HTML would have it. */
  readonly href: string;
  readonly text: string;
  /** Lines below the first line of its prose. */
  readonly line: number;
}

/** Prose, understood. */
export interface InlineText {
  /** What a reader sees, on one line. */
  readonly text: string;
  readonly pieces: readonly InlinePiece[];
  readonly links: readonly InlineLink[];
}

/** Link reference definitions: normalised label to destination. */
export type References = ReadonlyMap<string, string>;

/** Reads prose under one set of link reference definitions, and remembers what it has read for as long as the prose lives. */
export class InlineTexts {
  readonly references: References;
  readonly #environment: { references?: Record<string, { title: string; href: string }> };
  readonly #read = new WeakMap<Prose, InlineText>();

  constructor(references: References) {
    this.references = references;
    const definitions = [...references].map(([label, href]) => [label, { title: "", href }] as const);
    this.#environment = definitions.length > 0 ? { references: Object.fromEntries(definitions) } : {};
  }

  of(prose: Prose): InlineText {
    const known = this.#read.get(prose);
    if (known) return known;
    const read = this.#parse(prose.content);
    this.#read.set(prose, read);
    return read;
  }

  /** What a reader sees of it, on one line. */
  plain(prose: Prose): string {
    return isMarkedUp(prose.content) ? this.of(prose).text : prose.content.trim();
  }

  /** Whether the prose can have a link at all: a quick look that spares most prose a full one. */
  mayLink({ content }: Prose): boolean {
    const links = mayLink(content);
    return links === "yes" || (links === "reference" && this.references.size > 0);
  }

  #parse(content: string): InlineText {
    if (!isMarkedUp(content)) {
      return {
        text: content.trim(),
        pieces: [{ kind: "text", text: content, strong: false, link: -1, line: 0 }],
        links: [],
      };
    }
    const tokens: ReturnType<typeof markdown.parse> = [];
    markdown.inline.parse(content, markdown, this.#environment, tokens);
    return understand(content, tokens);
  }
}

/** Whether there can be a link in a piece of inline Markdown: `reference` where only a definition makes it one. */
export function mayLink(content: string): "yes" | "reference" | "no" {
  if (content.includes("](") || /<[^<>\s]+[:@]/.test(content)) return "yes";
  return content.includes("[") && content.includes("]") ? "reference" : "no";
}

/** Whether a piece of inline Markdown can be anything but the text it is written as. */
function isMarkedUp(content: string): boolean {
  if (!/[\\\n`*_[<&]/.test(content)) return false;
  return (
    content.includes("\\") || content.includes("\n") || pairs.some(([open, close]) => hasPair(content, open, close))
  );
}

const pairs = [
  ["`", "`"],
  ["*", "*"],
  ["_", "_"],
  ["[", "]"],
  ["<", ">"],
  ["&", ";"],
] as const;

function hasPair(content: string, open: string, close: string): boolean {
  const first = content.indexOf(open);
  return first >= 0 && content.includes(close, first + 1);
}

function understand(content: string, tokens: ReturnType<typeof markdown.parse>): InlineText {
  const pieces: InlinePiece[] = [];
  const links: { href: string; text: string; line: number }[] = [];
  const lineOf = lineCounter(content);
  let strong = 0;
  let open = -1;
  let text = "";
  for (const token of tokens) {
    if (token.type === "strong_open") strong++;
    else if (token.type === "strong_close") strong--;
    else if (token.type === "link_open") {
      open = links.push({ href: String(token.attrGet("href") ?? ""), text: "", line: lineOf(tokenStart(token)) }) - 1;
    } else if (token.type === "link_close") open = -1;
    else {
      const code = token.type === "code_inline";
      const shown = token.type === "softbreak" || token.type === "hardbreak" ? " " : token.content;
      if (shown === "" && !code) continue;
      text += shown;
      const link = links[open];
      if (link) link.text += shown;
      const line = code ? lineOf(tokenStart(token)) : 0;
      pieces.push({ kind: code ? "code" : "text", text: shown, strong: strong > 0, link: open, line });
    }
  }
  return { text: text.trim(), pieces, links };
}

/** Counts the line ends before a position; positions must be asked in rising order, so that all asking costs one pass. */
function lineCounter(content: string): (position: number) => number {
  let line = 0;
  let next = content.indexOf("\n");
  return (position) => {
    while (next >= 0 && next < position) {
      line++;
      next = content.indexOf("\n", next + 1);
    }
    return line;
  };
}
