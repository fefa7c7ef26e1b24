/** What hides in a text or turns it around, and control characters but for tab and line end. */
const unseen =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/g;
/** A tooltip or a hover is no document, in characters. */
const mostHover = 5000;
const mostQuestion = 200_000;
const mostMessage = 600;

/**
 * A text that anybody may have written, as a tooltip shows it: what would hide in it or turn it around is
 * `�`, and it is cut where it is long.
 */
export function shownText(text: string, most = mostHover): string {
  const kept = text.slice(0, most).replaceAll(/\r\n?/g, "\n").replaceAll(unseen, "\ufffd");
  return text.length > most ? `${kept}… (${text.length - most} characters left out)` : kept;
}

/** The same for a question: what a person agrees to is not cut before no screen could scroll it. */
export function questionText(text: string): string {
  return shownText(text, mostQuestion);
}

/** The same on one line, as a label. */
export function shownLabel(text: string, most: number): string {
  const line = shownText(text.slice(0, most + 1), most + 1).replaceAll(/\s+/g, " ");
  return text.length > most ? `${line.slice(0, most).trimEnd()}…` : line;
}

/** The same in a quick pick, which would draw `$(name)` as an icon. */
export function pickLabel(text: string, most: number): string {
  return shownLabel(text, most).replaceAll("$(", "$ (");
}

/** The same as a notification shows it: VS Code would make links of `[text](command:…)` in it. */
export function messageText(text: string): string {
  return shownText(text, mostMessage).replaceAll(/\s+/g, " ").replaceAll("](", "] (");
}
