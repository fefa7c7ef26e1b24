import type { Block } from "../runbook/runbook.ts";
import { shownLabel } from "./shownText.ts";

/**
 * A block is known by its first words: those of its first comment, else its first command. At most so many characters, to
 * leave room behind it: a sidebar is narrow, and what stands behind is what changes.
 */
export function blockLabel({ text }: Block, most: number): string {
  const first = text.split("\n").find((line) => line.trim() !== "") ?? "";
  return shownLabel(first.replace(/^\s*#\s*/, ""), most);
}
