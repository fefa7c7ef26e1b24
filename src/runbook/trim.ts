/**
 * The text without any of these characters at its end. A regular expression for this takes quadratic time on a long
 * run of them in the middle of a text, which a runbook may have.
 */
export function trimEndOf(text: string, characters: string): string {
  let end = text.length;
  while (end > 0 && characters.includes(text.charAt(end - 1))) end--;
  return text.slice(0, end);
}

/** The text without any of these characters at either end. */
export function trimOf(text: string, characters: string): string {
  const cut = trimEndOf(text, characters);
  let start = 0;
  while (start < cut.length && characters.includes(cut.charAt(start))) start++;
  return cut.slice(start);
}

/** The text on one line. */
export function oneLine(text: string): string {
  if (!text.includes("\n")) return text;
  return text
    .split("\n")
    .map((line) => line.trim())
    .join(" ");
}
