import { resolvePath } from "../lint/resolvePath.ts";
import type { Block } from "../runbook/runbook.ts";
import type { BlockAnalysis, Effect } from "../shell/analysis.ts";
import { existingPaths, workTree } from "./existingPaths.ts";
import type { Source } from "./sources.ts";

/** A runbook as `podbook inspect --json` prints it. All lines are one-based lines of the file. */
export interface Inspection {
  readonly file: string;
  readonly title: string;
  readonly scenarios: readonly {
    readonly title: string;
    readonly line: number;
    readonly impact: string | null;
    readonly expectedRecoverySeconds: readonly [number, number] | null;
  }[];
  readonly blocks: readonly InspectedBlock[];
  readonly metrics: readonly { readonly line: number; readonly query: string }[];
  readonly dashboards: readonly { readonly line: number; readonly title: string; readonly url: string | null }[];
  readonly contacts: readonly {
    readonly line: number;
    readonly name: string;
    readonly email: string | null;
    readonly url: string | null;
    readonly text: string;
  }[];
  /** `exists` is null for what is not on this disk: web pages, mail addresses, paths from the root of an unknown site. */
  readonly links: readonly { readonly line: number; readonly href: string; readonly exists: boolean | null }[];
}

/** A shell block; its lines are those of its fences. */
export interface InspectedBlock {
  readonly id: string;
  readonly line: number;
  readonly endLine: number;
  readonly language: string;
  readonly heading: readonly string[];
  /** The content as CommonMark defines it. */
  readonly text: string;
  readonly kind: "shell" | "not-shell";
  readonly commands: readonly {
    readonly line: number;
    readonly endLine: number;
    readonly text: string;
    readonly effect: Effect;
    readonly reasons: readonly string[];
  }[];
  readonly placeholders: readonly { readonly name: string; readonly line: number }[];
  readonly expectedOutput: boolean;
}

/** What is in a runbook, with links looked up on the disk. */
export async function inspectSource({ file, directory, runbook, analyses }: Source): Promise<Inspection> {
  const root = await workTree(directory);
  const paths = runbook.links.map(({ path }) => linkedPath(path, directory, root));
  const existing = await existingPaths(paths.filter((path) => path !== null));
  return {
    file,
    title: runbook.title,
    scenarios: runbook.scenarios.map(({ title, line, impact, expectedRecoverySeconds }) => {
      return { title, line: line + 1, impact, expectedRecoverySeconds };
    }),
    blocks: runbook.blocks.flatMap((block, index) => {
      const analysis = analyses[index];
      return analysis ? [inspectBlock(block, analysis)] : [];
    }),
    metrics: runbook.metrics.map(({ line, query }) => ({ line: line + 1, query })),
    dashboards: runbook.dashboards.map(({ line, title, url }) => ({ line: line + 1, title, url })),
    contacts: runbook.contacts.map(({ line, name, email, url, text }) => ({ line: line + 1, name, email, url, text })),
    links: runbook.links.map(({ line, href, external }, index) => {
      const path = paths[index] ?? null;
      // A link without a path and without another site leads to a place in this very document.
      const within = runbook.links[index]?.path === null && !external;
      return { line: line + 1, href, exists: path === null ? within || null : existing.has(path) };
    }),
  };
}

function linkedPath(path: string | null, directory: string, root: string | null): string | null {
  const folder = path?.startsWith("/") ? root : directory;
  return path === null || folder === null ? null : resolvePath(folder, path);
}

function inspectBlock(block: Block, analysis: BlockAnalysis): InspectedBlock {
  // The line of the fence, one-based, is the zero-based line of the text below it.
  const first = block.line + 2;
  return {
    id: block.id,
    line: block.line + 1,
    endLine: block.endLine + 1,
    language: block.language,
    heading: block.headings,
    text: block.text,
    kind: analysis.kind,
    commands: analysis.commands.map(({ line, endLine, text, effect, reasons }) => {
      return { line: first + line, endLine: first + endLine, text, effect, reasons };
    }),
    placeholders: analysis.placeholders.map(({ name, line }) => ({ name, line: first + line })),
    expectedOutput: analysis.expectedOutput,
  };
}
