import { linesOf } from "./documentParts.ts";
import { InlineTexts } from "./inlineTexts.ts";
import { readParts } from "./readParts.ts";

/** An item of a list as a person reads it. */
export interface ListItemText {
  /** Zero-based line it begins on. */
  readonly line: number;
  readonly text: string;
}

/** The items of all lists of a document that begin with a text, whatever they stand in. */
export function listItems(text: string): ListItemText[] {
  const lines = linesOf(text);
  const texts = new InlineTexts(new Map());
  return readParts(lines.join("\n"), lines.length).flatMap(({ line, part }) =>
    part.items.flatMap((item) => {
      const words = item.prose ? texts.plain(item.prose).replace(/^\[[ xX]\]\s+/, "") : "";
      return words === "" ? [] : [{ line: line + item.line, text: words }];
    }),
  );
}
