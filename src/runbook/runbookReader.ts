import { assembleRunbook } from "./assembleRunbook.ts";
import { type DocumentParts, linesOf, readDocument, reread } from "./documentParts.ts";
import { InlineTexts, type References } from "./inlineTexts.ts";
import type { Part } from "./part.ts";
import { PartReader } from "./partReader.ts";
import type { Runbook } from "./runbook.ts";

/**
 * Reads one document again and again while it is edited. An edit costs what it changes, not what the document has; the
 * runbook is always the one that `readRunbook` gives for the same text.
 */
export class RunbookReader {
  #text: string | undefined;
  #document: DocumentParts | undefined;
  #reader = new PartReader(new InlineTexts(new Map()));
  #runbook: Runbook | undefined;

  /** The runbook that the text is now; the same object as before where the text is the same. */
  update(text: string): Runbook {
    if (this.#runbook && this.#text === text) return this.#runbook;
    const lines = linesOf(text);
    this.#document = this.#document ? reread(this.#document, lines) : readDocument(lines);
    const references = definedIn(this.#document.parts);
    if (!same(references, this.#reader.texts.references)) this.#reader = new PartReader(new InlineTexts(references));
    this.#runbook = assembleRunbook(this.#document, this.#reader);
    this.#text = text;
    return this.#runbook;
  }
}

/** Link reference definitions of the whole document: of several with one label, the first counts. */
function definedIn(parts: readonly Part[]): References {
  const references = new Map<string, string>();
  for (const { definitions } of parts) {
    for (const { label, href } of definitions) if (!references.has(label)) references.set(label, href);
  }
  return references;
}

function same(one: References, other: References): boolean {
  if (one.size !== other.size) return false;
  for (const [label, href] of one) if (other.get(label) !== href) return false;
  return true;
}
