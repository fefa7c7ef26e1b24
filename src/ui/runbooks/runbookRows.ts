import type { Uri } from "vscode";
import { type OutlinePart, runbookOutline } from "../../runbook/outline.ts";
import type { Block } from "../../runbook/runbook.ts";
import type { WorkspaceRunbook } from "./workspaceRunbooks.ts";

/** A runbook of the workspace as a row. */
export interface RunbookRow {
  readonly kind: "runbook";
  readonly id: string;
  readonly uri: Uri;
  readonly title: string;
  readonly children: readonly PartRow[];
}

/** A scenario or a section with blocks. */
export interface PartRow {
  readonly kind: "part";
  readonly id: string;
  readonly uri: Uri;
  readonly part: OutlinePart;
  readonly parent: RunbookRow;
  readonly children: readonly BlockRow[];
}

/** A block that can be run. */
export interface BlockRow {
  readonly kind: "block";
  readonly id: string;
  readonly uri: Uri;
  readonly block: Block;
  readonly parent: PartRow;
}

/** A row of the Runbooks view. VS Code knows a row by its object: what has not changed must stay the same one. */
export type RunbooksRow = RunbookRow | PartRow | BlockRow;

/** The rows of a runbook. */
export function runbookRow({ uri, runbook }: WorkspaceRunbook, name: string): RunbookRow {
  const id = uri.toString();
  const row = { kind: "runbook" as const, id, uri, title: runbook.title || name, children: [] as PartRow[] };
  for (const part of runbookOutline(runbook)) {
    const partRow = {
      kind: "part" as const,
      id: `${id}#${part.line}`,
      uri,
      part,
      parent: row,
      children: [] as BlockRow[],
    };
    for (const block of part.blocks) {
      partRow.children.push({ kind: "block", id: `${id}#${block.id}`, uri, block, parent: partRow });
    }
    row.children.push(partRow);
  }
  return row;
}

/** The row and all below it. */
export function withDescendants(row: RunbooksRow): RunbooksRow[] {
  return row.kind === "block" ? [row] : [row, ...row.children.flatMap(withDescendants)];
}
