import type { Section } from "./section.ts";

/** What a link that an alert carries asks to be opened. */
export interface OpenLink {
  /** Path of the runbook below a folder of the workspace, with `/`. */
  readonly runbook: string;
  /** Title of a section, or what a browser's address would call it; null for the beginning. */
  readonly section: string | null;
}

const longestPath = 500;

/**
 * Reads the query of a link, as in `runbook=docs/pods.md&section=1. API Gateway Pod Failure`; a sentence that says what is
 * wrong with it where it names no Markdown file inside of a folder. Links come from anywhere: they never lead out of it.
 */
export function readOpenLink(query: string): OpenLink | string {
  const wanted = new URLSearchParams(query);
  const runbook = wanted.get("runbook") ?? "";
  if (runbook === "") return "The link names no runbook: it needs ?runbook=path/of/the/runbook.md.";
  const parts = runbook.split("/");
  const inside =
    runbook.length <= longestPath &&
    // biome-ignore lint/suspicious/noControlCharactersInRegex: no path that a person would write has them
    !/[\u0000-\u001f\\:]/.test(runbook) &&
    parts.every((part) => part !== "" && part !== "." && part !== "..");
  if (!inside) return "The link's runbook is no path below the folder of the workspace, so it is not opened.";
  if (!/\.(md|markdown)$/i.test(runbook)) return "The link names a file that is no Markdown, so it is not opened.";
  const section = wanted.get("section")?.trim() ?? "";
  return { runbook, section: section === "" ? null : section };
}

/** The section that a link names, by its title in any case or by its anchor as on GitHub; undefined where there is none. */
export function linkedSection(sections: readonly Section[], wanted: string): Section | undefined {
  const title = wanted.toLowerCase();
  return (
    sections.find((section) => section.title.toLowerCase() === title) ??
    sections.find((section) => anchorOf(section.title) === anchorOf(wanted))
  );
}

function anchorOf(title: string): string {
  return title
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, "")
    .trim()
    .replaceAll(/\s/g, "-");
}
