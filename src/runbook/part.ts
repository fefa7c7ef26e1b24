import type { FieldName } from "./fieldNames.ts";
import type { FieldSource } from "./fields.ts";
import type { Prose } from "./inlineTexts.ts";
import type { Topics } from "./topics.ts";

/** A heading that stands at the top level of its document. */
export interface Heading {
  /** 1 to 6. */
  readonly level: number;
  readonly prose: Prose;
  /** What it names, for the section below it. */
  readonly topics: Topics;
  /** The field of a scenario that it is the name of, or null. */
  readonly field: FieldName | null;
}

/** A fenced code block, wherever it stands. Lines are counted from its part. */
export interface Fence {
  readonly line: number;
  readonly endLine: number;
  readonly language: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly text: string;
  /** Fingerprint of language and text. */
  readonly fingerprint: string;
}

/** An item of a list. Lines are counted from its part. */
export interface ListItem {
  readonly line: number;
  /** 0 for an item of a list that stands in no other. */
  readonly depth: number;
  /** Its first paragraph, or null for an item that begins with something else. */
  readonly prose: Prose | null;
}

/** A link reference definition. */
export interface Definition {
  readonly label: string;
  readonly href: string;
}

/**
 * One top-level block of a document (a heading, a paragraph, a whole list, …) with the blank lines behind it, and what
 * can be told of it without knowing the rest of the document. Parts are what an edit leaves untouched or reads again.
 */
export interface Part {
  /** Lines from the first of this part to the first of the next, or to the end of the document. */
  readonly span: number;
  readonly heading: Heading | null;
  readonly fences: readonly Fence[];
  /** All prose of it in order, whatever it stands in: headings, paragraphs, list items. */
  readonly prose: readonly Prose[];
  readonly items: readonly ListItem[];
  readonly definitions: readonly Definition[];
  readonly fields: readonly FieldSource[];
  /** Whether it has no link, metric, contact or the like: whatever stands around it, or if the document defines no links. */
  readonly quiet: "always" | "undefined" | "no";
}
