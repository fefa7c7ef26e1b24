/** The one-based lines of the opening fences of a text whose fences are all of backticks. */
export function fenceLines(text: string): number[] {
  const fences = text.split("\n").flatMap((line, index) => (/^\s*```/.test(line) ? [index + 1] : []));
  return fences.filter((_line, index) => index % 2 === 0);
}

/** The one-based line of the opening fence of the first block that contains this. */
export function fenceOver(text: string, content: string): number {
  const line = text.split("\n").findIndex((one) => one.includes(content)) + 1;
  const fence = fenceLines(text).findLast((one) => one < line);
  if (line === 0 || fence === undefined) throw new Error(`No block of the runbook contains "${content}"`);
  return fence;
}
