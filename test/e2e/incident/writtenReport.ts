import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import MarkdownIt, { type Token } from "markdown-it";
import { until } from "../../run/until.ts";

/** A report as who opens its file reads it. */
export interface WrittenReport {
  /** What happened, line by line of the timeline. */
  readonly timeline: readonly string[];
  /** The commands with what became of them. */
  readonly commands: string;
}

/** Reads the Markdown of a report. */
export function readReport(text: string): WrittenReport {
  const tokens = new MarkdownIt("commonmark").enable("table").parse(text, {});
  const timeline = section(tokens, "Timeline");
  const rows: string[] = [];
  timeline.forEach((token, index) => {
    if (token.type !== "tr_open" || token.level !== 2) return;
    const cells = timeline.slice(index).filter(({ type }) => type === "inline");
    const [, happened] = cells;
    if (happened && timeline[index + 1]?.type === "td_open") rows.push(plain(happened));
  });
  const commands = section(tokens, "Commands").flatMap(({ type, content }) => (type === "fence" ? [content] : []));
  return { timeline: rows, commands: commands.join("\n") };
}

function section(tokens: readonly Token[], title: string): Token[] {
  const from = tokens.findIndex(({ type }, index) => type === "heading_open" && tokens[index + 1]?.content === title);
  const rest = tokens.slice(from + 3);
  const to = rest.findIndex(({ type, tag }) => type === "heading_open" && tag === "h2");
  return rest.slice(0, to === -1 ? undefined : to);
}

function plain(token: Token): string {
  const parts = (token.children ?? []).map(({ type, content }) => (type === "softbreak" ? "\n" : content));
  return parts.join("").replaceAll("\u200b", "");
}

/** The newest report beside the runbook, once it is written. */
export async function newestReport(folder: string, since: number): Promise<string> {
  const newest = () =>
    readdirSync(folder)
      .filter((name) => /^incident-.*\.md$/.test(name))
      .map((name) => ({ name, at: statSync(join(folder, name)).mtimeMs }))
      .filter(({ at }) => at >= since - 1000)
      .sort((one, other) => other.at - one.at)[0]?.name;
  await until(() => newest() !== undefined, "the report is written", 30_000);
  return readFileSync(join(folder, newest() ?? ""), "utf8");
}

/** Without what quotes and spaces differ in. */
export function bare(words: string): string {
  return words
    .replaceAll(/['"\\]/g, "")
    .replaceAll(/\s+/g, " ")
    .trim();
}
