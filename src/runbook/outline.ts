import type { Block, Runbook } from "./runbook.ts";
import type { Scenario } from "./scenarios.ts";

/** A part of a runbook that can be run: a scenario, or a section outside of all scenarios. */
export interface OutlinePart {
  readonly title: string;
  /** Zero-based line of its heading; 0 where its blocks stand above the first heading. */
  readonly line: number;
  /** Null for a section. */
  readonly scenario: Scenario | null;
  readonly blocks: readonly Block[];
}

/** The parts of a runbook that have blocks, in the order of their lines, each block in one of them. */
export function runbookOutline({ title, scenarios, blocks }: Runbook): OutlinePart[] {
  const parts = new Map<number, { title: string; line: number; scenario: Scenario | null; blocks: Block[] }>();
  for (const block of blocks) {
    const scenario = scenarios.find(({ line, endLine }) => line < block.line && block.line <= endLine) ?? null;
    const head = scenario ?? block.section ?? { title, line: 0 };
    const part = parts.get(head.line) ?? { title: head.title, line: head.line, scenario, blocks: [] };
    part.blocks.push(block);
    parts.set(head.line, part);
  }
  return [...parts.values()];
}
