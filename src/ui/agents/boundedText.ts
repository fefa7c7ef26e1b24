/** The beginning of a text, whole lines, at most so many characters of them; says where the rest was left out, and what to do. */
export function boundedText(text: string, most: number, advice: string): string {
  if (text.length <= most) return text;
  const kept = text.slice(0, text.lastIndexOf("\n", most) + 1);
  const left = text.slice(kept.length).split("\n").length;
  return `${kept}⋯ ${left} more lines are left out. ${advice}`;
}
