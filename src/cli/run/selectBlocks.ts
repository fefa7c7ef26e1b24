import { blockTitle } from "../../plan/blockScript.ts";
import type { Block } from "../../runbook/runbook.ts";
import type { Section } from "../../runbook/section.ts";
import type { BlockAnalysis } from "../../shell/analysis.ts";
import { usageError } from "../cliError.ts";
import { printable } from "../printable.ts";
import type { Source } from "../sources.ts";
import type { Selection } from "./runOptions.ts";

/** A block that was chosen to run. */
export interface ChosenBlock {
  readonly block: Block;
  readonly analysis: BlockAnalysis;
  /** The headings above it, or its line where there are none. */
  readonly title: string;
}

/**
 * The blocks of a file that a command line asks for, in their order; at least one.
 * @throws CliError `usage` where it does not tell which; the message says which there are
 */
export function selectBlocks(source: Source, selection: Selection): readonly ChosenBlock[] {
  const blocks = source.runbook.blocks.flatMap((block, index) => {
    const analysis = source.analyses[index];
    return analysis ? [{ block, analysis, title: blockTitle(block.headings) || `Line ${block.line + 1}` }] : [];
  });
  const found = find(source, blocks, selection);
  if (typeof found === "string") throw usageError([found, ...listed(blocks)].join("\n"));
  return found;
}

/** The blocks, or why it is not clear which. */
function find(
  { file, runbook }: Source,
  blocks: readonly ChosenBlock[],
  selection: Selection,
): readonly ChosenBlock[] | string {
  // What is not shell can be named, and is refused then; nobody means it where it is not named.
  const shell = blocks.filter(({ analysis }) => analysis.kind === "shell");
  switch (selection.by) {
    case "block": {
      const one = blocks.filter(({ block }) => block.id === selection.id);
      return one.length > 0 ? one : `${file} has no block ${selection.id}.`;
    }
    case "line": {
      const line = selection.line - 1;
      const one = blocks.filter(({ block }) => block.line <= line && line <= block.endLine);
      return one.length > 0 ? one : `${file} has no shell block at line ${selection.line}.`;
    }
    case "section": {
      const section = findSection(runbook.sections, selection.title);
      if (typeof section === "string") return `${file} ${section}`;
      const { line, endLine, title } = section;
      const within = shell.filter(({ block }) => line <= block.line && block.line <= endLine);
      return within.length > 0 ? within : `The section ${title} (line ${line + 1}) has no shell blocks.`;
    }
    case "nothing":
      if (shell.length === 1) return shell;
      return shell.length === 0
        ? `${file} has no shell blocks.`
        : `${file} has ${shell.length} shell blocks. Say which: --block ID, --line N or --section TITLE.`;
  }
}

/** The section with a title: as it is written, else in any case, else the only one that has the text in its title. */
function findSection(sections: readonly Section[], wanted: string): Section | string {
  const text = wanted.trim().replaceAll(/\s+[>›]\s+/g, " › ");
  const lower = text.toLowerCase();
  const ways: ((title: string) => boolean)[] = [
    (title) => title === text,
    (title) => title.toLowerCase() === lower,
    (title) => title.toLowerCase().includes(lower),
  ];
  for (const fits of ways) {
    const found = sections.filter(({ path }) => path.some((_, from) => fits(path.slice(from).join(" › "))));
    // A section's path is in the paths of those within it: where only the text fits, it is theirs as well.
    const own = fits === ways[2] ? found.filter(({ title }) => fits(title)) : found;
    const [one, ...others] = own.length > 0 ? own : found;
    if (one && others.length === 0) return one;
    if (one) return ambiguous(wanted, [one, ...others]);
  }
  return `has no section ${wanted}.`;
}

function ambiguous(wanted: string, sections: readonly Section[]): string {
  const lines = sections.map(({ line, path }) => `  ${line + 1}: ${path.slice(-2).join(" › ")}`);
  return [`has ${sections.length} sections that fit ${wanted}. Say more of the title:`, ...lines].join("\n");
}

function listed(blocks: readonly ChosenBlock[]): string[] {
  if (blocks.length === 0) return [];
  const rows = blocks.map(({ block, analysis, title }) => {
    const not = analysis.kind === "shell" ? "" : " (not shell)";
    return `  ${block.id.padEnd(13)} line ${String(block.line + 1).padEnd(5)} ${printable(title)}${not}`;
  });
  return ["Its blocks:", ...rows];
}
