import type { Block } from "../runbook/runbook.ts";

/** A label of at most so many characters, to leave room behind it: a sidebar is narrow, and what stands behind is what changes. */
export function shortLabel(text: string, most: number): string {
  return text.length > most ? `${text.slice(0, most).trimEnd()}…` : text;
}

/** A block is known by its first words: those of its first comment, else its first command. */
export function blockLabel({ text }: Block, most: number): string {
  const first = text.split("\n").find((line) => line.trim() !== "") ?? "";
  return shortLabel(first.replace(/^\s*#\s*/, ""), most);
}
