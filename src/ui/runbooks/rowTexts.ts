import { blockLabel } from "../blockLabel.ts";
import { shownLabel, shownText } from "../shownText.ts";
import type { RunbooksRow } from "./runbookRows.ts";

/** Characters of a label: of a runbook, of a scenario or section, and of a block, which stands further in. */
const mostTitle = 26;
const mostPart = 200;
const mostBlock = 18;

/** The label of a row, which is narrow: what stands behind it must be seen too. */
export function rowLabel(row: RunbooksRow): string {
  if (row.kind === "runbook") return shownLabel(row.title, mostTitle);
  return row.kind === "part" ? shownLabel(row.part.title, mostPart) : blockLabel(row.block, mostBlock);
}

/** The tooltip of a row; `path` is the runbook's, as a person knows it, and `last` tells of the last recovery, empty where there is none. */
export function rowTooltip(row: RunbooksRow, path: string, last: string): string {
  if (row.kind === "runbook") return shownText(`${row.title}\n${path}`);
  if (row.kind === "block") return shownText(row.block.text);
  const { title, scenario } = row.part;
  const { description, impact, expectedRecovery } = scenario ?? {};
  const parts = [
    description,
    impact && `Impact: ${impact}`,
    expectedRecovery && `Expected recovery: ${expectedRecovery}`,
    last && `Last time: ${last}`,
  ];
  return shownText([title, ...parts.filter((part) => typeof part === "string")].join("\n"));
}
