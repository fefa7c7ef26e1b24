/**
 * A text that anybody may have written as one line of at most so many characters, for a chart: what hides in it, or turns it
 * around, is `�`.
 */
export function plainLabel(text: string, most: number): string {
  const line = text.slice(0, most).replaceAll(/\s+/g, " ").replaceAll(/\p{C}/gu, "\ufffd").trim();
  return text.length > most ? `${line}…` : line;
}
