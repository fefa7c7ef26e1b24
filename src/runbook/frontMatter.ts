/** The metadata some tools keep between two lines of dashes at the top of a file. */
export interface FrontMatter {
  /** Zero-based line of the dashes that end it. */
  readonly endLine: number;
  /** Its `title`, or an empty string. */
  readonly title: string;
}

const longest = 200;

/** The front matter of a document, or null. CommonMark knows none and sees a rule and headings there. */
export function readFrontMatter(lines: readonly string[]): FrontMatter | null {
  if (lines[0]?.trimEnd() !== "---" || !/^\s*(?:#|[\w-]+\s*:)/.test(lines[1] ?? "")) return null;
  const endLine = lines.slice(0, longest).findIndex((line, index) => index > 0 && /^(?:---|\.\.\.)\s*$/.test(line));
  if (endLine < 0) return null;
  const title = lines.slice(1, endLine).find((line) => /^title\s*:/.test(line)) ?? "";
  return {
    endLine,
    title: title
      .replace(/^title\s*:\s*/, "")
      .trim()
      .replace(/^(["'])(.*)\1$/, "$2"),
  };
}
