import type { InlineTexts } from "./inlineTexts.ts";
import type { Part } from "./part.ts";

/** A thing to do. */
export interface ChecklistItem {
  /** Zero-based. */
  readonly line: number;
  readonly text: string;
  /** 0 for an item that stands in no other. */
  readonly depth: number;
  /** Whether its box is ticked; null where it has none. */
  readonly checked: boolean | null;
}

/** What is to be done in a section: after the incident, or whatever its boxes are for. */
export interface Checklist {
  /** Title of the section it stands in; empty above the first heading. */
  readonly title: string;
  /** Zero-based line of its first item. */
  readonly line: number;
  /** Whether its section is about what to do when the incident is over. */
  readonly postIncident: boolean;
  readonly items: readonly ChecklistItem[];
}

const box = /^\[([ xX])\](?:[ \t\n]+|$)/;

/** The things to do in one part: every item with a box and, where `all` is set, those without. Lines count from the part. */
export function checklistItems(part: Part, all: boolean, texts: InlineTexts): ChecklistItem[] {
  return part.items.flatMap((item) => {
    const match = item.prose ? box.exec(item.prose.content) : null;
    if (!match && !all) return [];
    const text = item.prose ? texts.of(item.prose).text : "";
    const checked = match ? match[1] !== " " : null;
    return [{ line: item.line, text: match ? text.replace(box, "") : text, depth: item.depth, checked }];
  });
}
