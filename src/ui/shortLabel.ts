/** A label of at most so many characters, to leave room behind it: a sidebar is narrow, and what stands behind is what changes. */
export function shortLabel(text: string, most: number): string {
  return text.length > most ? `${text.slice(0, most).trimEnd()}…` : text;
}
