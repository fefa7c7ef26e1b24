/** What an error says to the person: its message, and what to do next where it has advice. */
export function errorWords(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const advice = "advice" in error && typeof error.advice === "string" ? ` ${error.advice}` : "";
  return `${error.message}${advice}`;
}
