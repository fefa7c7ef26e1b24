import type { ListItemText } from "../runbook/listItems.ts";
import type { Block, Runbook } from "../runbook/runbook.ts";
import type { Scenario } from "../runbook/scenarios.ts";

/** What a step of a scenario is for. */
export type StepPurpose = "detection" | "waiting" | "intervention" | "validation";

/** A section of a scenario: what to run, and what to read or do by hand. */
export interface ScenarioStep {
  readonly title: string;
  /** Zero-based line of its heading. */
  readonly line: number;
  readonly purpose: StepPurpose;
  /** Blocks and list items, in the order of their lines. */
  readonly parts: readonly StepPart[];
}

/** One thing to do in a step. */
export type StepPart =
  | { readonly kind: "block"; readonly block: Block }
  | { readonly kind: "note"; readonly line: number; readonly text: string };

/** How people name the steps of a scenario; what none of these names is an intervention. */
const purposes: readonly (readonly [RegExp, StepPurpose])[] = [
  [/\b(validat|verif|confirm|post[- ]?check|after\s?wards)/i, "validation"],
  [/\b(detect|symptom|alert|identif|diagnos|assess|observ|look|check|monitor|triage)/i, "detection"],
  [/\b(automatic|self[- ]?heal|expected (behaviou?r|recovery)|wait)/i, "waiting"],
];

/** The steps of a scenario in their order: its sections with something to run or to do; what stands above them is a step too. */
export function scenarioSteps(runbook: Runbook, scenario: Scenario, items: readonly ListItemText[]): ScenarioStep[] {
  const inner = runbook.sections.filter(({ line }) => line > scenario.line && line <= scenario.endLine);
  const heads = [{ title: scenario.title, line: scenario.line }, ...inner];
  return heads.flatMap(({ title, line }, index) => {
    const end = heads[index + 1]?.line ?? scenario.endLine + 1;
    const within = (at: number) => line < at && at < end;
    const blocks = runbook.blocks.filter((block) => within(block.line));
    const notes = items.filter((item) => within(item.line));
    const parts = [
      ...blocks.map((block) => ({ kind: "block" as const, line: block.line, part: { kind: "block" as const, block } })),
      ...notes.map((note) => ({ kind: "note" as const, line: note.line, part: { kind: "note" as const, ...note } })),
    ];
    if (parts.length === 0) return [];
    const ordered = parts.sort((one, other) => one.line - other.line).map(({ part }) => part);
    return [{ title, line, purpose: purposeOf(title), parts: ordered }];
  });
}

/** The blocks that tell whether a scenario is over: those of its validation, else of its detection. */
export function validationBlocks(steps: readonly ScenarioStep[]): Block[] {
  const of = (purpose: StepPurpose) =>
    steps
      .filter((step) => step.purpose === purpose)
      .flatMap(({ parts }) => parts.flatMap((part) => (part.kind === "block" ? [part.block] : [])));
  const validation = of("validation");
  return validation.length > 0 ? validation : of("detection");
}

/**
 * Which of the workloads a scenario is about: those that its blocks name, by selector, object or host, in the order in which
 * they are named. `names` are those of the cluster.
 */
export function scenarioWorkloads(blocks: readonly Pick<Block, "text">[], names: readonly string[]): string[] {
  const text = blocks.map((block) => block.text.replaceAll(/^\s*#.*$/gm, "")).join("\n");
  return names
    .map((name) => ({ name, at: text.search(new RegExp(`(?<![\\w-])${escaped(name)}(?![\\w/]|-[a-z])`)) }))
    .filter(({ at }) => at >= 0)
    .sort((one, other) => one.at - other.at)
    .map(({ name }) => name);
}

function purposeOf(title: string): StepPurpose {
  return purposes.find(([pattern]) => pattern.test(title))?.[1] ?? "intervention";
}

function escaped(name: string): string {
  return name.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
