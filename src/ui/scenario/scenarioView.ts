import {
  type Disposable,
  EventEmitter,
  StatusBarAlignment,
  type StatusBarItem,
  ThemeIcon,
  type TreeDataProvider,
  TreeItem,
  TreeItemCheckboxState,
  TreeItemCollapsibleState,
  type TreeView,
  window,
} from "vscode";
import { describeTarget } from "../../plan/plan.ts";
import { recoveryMs, secondsWords, verdictWords } from "../../recovery/recoveryClock.ts";
import type { ScenarioStep, StepPart, StepPurpose } from "../../recovery/scenarioSteps.ts";
import type { Block } from "../../runbook/runbook.ts";
import { blockLabel } from "../blockLabel.ts";
import type { BlockRuns } from "../lens/blockRuns.ts";
import { type BlockWords, blockStateWords, notRun } from "../lens/blockStateWords.ts";
import type { OpenRunbooks } from "../lens/openRunbooks.ts";
import { shownLabel, shownText } from "../shownText.ts";
import type { GuidedScenario } from "./guidedScenario.ts";

/** The clock is written anew this often while it runs, in ms. */
const tickMs = 1000;
/** Characters of a label; its result stands behind it. */
const mostLabel = 26;
const mostNote = 200;

/**
 * A row of the Scenario view. Lines are zero-based lines of the runbook. The object of a row stays the same as long as its
 * scenario is shown: VS Code knows a row by it, and a click on one that was made anew meanwhile would be lost.
 */
export type ScenarioRow =
  | { readonly kind: "step"; readonly step: ScenarioStep; readonly children: readonly ScenarioRow[] }
  | { readonly kind: "block"; readonly block: Block; readonly line: number }
  | { readonly kind: "note"; readonly line: number; readonly text: string };

const icons: Readonly<Record<StepPurpose, string>> = {
  detection: "search",
  waiting: "watch",
  intervention: "tools",
  validation: "verified",
};

/** The steps of the scenario that a person goes through, with the clock above them and in the status bar. */
export class ScenarioView implements TreeDataProvider<ScenarioRow>, Disposable {
  readonly #runbooks: OpenRunbooks;
  readonly #blockRuns: BlockRuns;
  readonly #view: TreeView<ScenarioRow>;
  readonly #status: StatusBarItem;
  readonly #changed = new EventEmitter<ScenarioRow[] | undefined>();
  readonly onDidChangeTreeData = this.#changed.event;
  readonly #listeners: Disposable[];
  #guided: GuidedScenario | undefined;
  #rows: ScenarioRow[] = [];
  /** What the rows say on the screen. */
  readonly #shown = new Map<ScenarioRow, string>();
  #ticker: NodeJS.Timeout | undefined;

  constructor(runbooks: OpenRunbooks, blockRuns: BlockRuns) {
    this.#runbooks = runbooks;
    this.#blockRuns = blockRuns;
    this.#view = window.createTreeView("podbook.scenario", {
      treeDataProvider: this,
      manageCheckboxStateManually: true,
    });
    this.#status = window.createStatusBarItem("podbook.scenario", StatusBarAlignment.Left);
    this.#status.name = "Podbook: Recovery Clock";
    this.#status.command = "podbook.scenario.focus";
    this.#listeners = [
      blockRuns.onDidChange(() => this.#redraw()),
      this.#view.onDidChangeCheckboxState(({ items }) => {
        for (const [row, state] of items) {
          if (row.kind === "note") this.#guided?.tick(row.line, state === TreeItemCheckboxState.Checked);
        }
      }),
    ];
  }

  /** Shows a scenario, or none. */
  show(guided: GuidedScenario | undefined): void {
    this.#guided = guided;
    this.#rows = (guided?.steps ?? []).map(
      (step): ScenarioRow => ({ kind: "step", step, children: step.parts.map(partRow) }),
    );
    clearInterval(this.#ticker);
    if (guided) this.#ticker = setInterval(() => this.#write(), tickMs);
    this.#write();
    this.#shown.clear();
    for (const row of this.#parts()) this.#shown.set(row, this.#words(row));
    this.#changed.fire(undefined);
  }

  /** Writes the clock anew, and the rows that say something else now. */
  update(): void {
    this.#write();
    this.#redraw();
  }

  getChildren(row?: ScenarioRow): ScenarioRow[] {
    if (!row) return this.#rows;
    return row.kind === "step" ? [...row.children] : [];
  }

  getParent(row: ScenarioRow): ScenarioRow | undefined {
    return this.#rows.find((one) => one.kind === "step" && one.children.includes(row));
  }

  getTreeItem(row: ScenarioRow): TreeItem {
    if (row.kind === "step") return stepRow(row.step);
    const item = row.kind === "block" ? this.#blockRow(row.block) : this.#noteRow(row.line, row.text);
    item.id = `${row.kind}/${row.line}`;
    return item;
  }

  dispose(): void {
    clearInterval(this.#ticker);
    for (const listener of this.#listeners) listener.dispose();
    this.#changed.dispose();
    this.#status.dispose();
    this.#view.dispose();
  }

  #blockRow(block: Block): TreeItem {
    const item = new TreeItem(blockLabel(block, mostLabel));
    const { words, icon, gone } = this.#blockWords(block);
    item.description = words;
    item.iconPath = new ThemeIcon(icon);
    item.contextValue = gone ? "gone" : "block";
    item.tooltip = shownText(block.text);
    item.command = { title: "Show in Runbook", command: "podbook.openStep", arguments: [block.line] };
    item.accessibilityInformation = { label: `Block: ${String(item.label)}, ${item.description}` };
    return item;
  }

  #noteRow(line: number, text: string): TreeItem {
    const item = new TreeItem(shownLabel(text, mostNote));
    item.checkboxState = this.#guided?.isDone(line) ? TreeItemCheckboxState.Checked : TreeItemCheckboxState.Unchecked;
    item.tooltip = shownText(text);
    item.command = { title: "Show in Runbook", command: "podbook.openStep", arguments: [line] };
    return item;
  }

  /** Only what has changed: a click on a row that is just drawn anew is lost. */
  #redraw(): void {
    const changed = this.#parts().filter((row) => this.#shown.get(row) !== this.#words(row));
    for (const row of changed) this.#shown.set(row, this.#words(row));
    if (changed.length > 0) this.#changed.fire(changed);
  }

  #parts(): ScenarioRow[] {
    return this.#rows.flatMap((row) => (row.kind === "step" ? [...row.children] : []));
  }

  #words(row: ScenarioRow): string {
    if (row.kind === "step") return row.step.title;
    return row.kind === "note" ? `${this.#guided?.isDone(row.line)}` : this.#blockWords(row.block).words;
  }

  /** How a block stands; `gone` where the runbook has it no longer. */
  #blockWords(block: Block): BlockWords & { readonly gone: boolean } {
    const key = this.#keyOf(block);
    if (key === undefined) return { ...notRun, words: "no longer in the runbook", gone: true };
    return { ...(blockStateWords(this.#blockRuns.state(key)) ?? notRun), gone: false };
  }

  #keyOf(block: Block): string | undefined {
    const { document } = this.#guided ?? {};
    return document && this.#runbooks.blocks(document).find((one) => one.block.id === block.id)?.key;
  }

  #write(): void {
    const guided = this.#guided;
    if (!guided) {
      this.#view.message = "";
      this.#status.hide();
      return;
    }
    const { scenario, clock, workloads, target } = guided;
    const words = verdictWords(clock.state, scenario.expectedRecoverySeconds, Date.now());
    const about = workloads.length > 0 ? workloads.join(", ") : "no workload of the cluster is named in its blocks";
    const lost = guided.isLive ? "" : " The cluster cannot be followed now, so the clock only guesses.";
    const why = clock.state.state === "running" && clock.state.why ? ` ${clock.state.why}.` : "";
    const failed = guided.validationFailed ? " The validation does not succeed: look at its output." : "";
    const impact = scenario.impact ? ` Impact: ${scenario.impact}.` : "";
    this.#view.title = `Scenario: ${scenario.title}`;
    this.#view.message = `${capital(words)}.${why}${failed}${lost}${impact} Watching ${about} of ${describeTarget(target)}.`;
    const ms = recoveryMs(clock.state, Date.now());
    const over = clock.state.state === "recovered";
    this.#status.text = `$(${over ? "verified" : "watch"}) ${ms === null ? "scenario" : over ? `recovered in ${secondsWords(ms / 1000)}` : secondsWords(ms / 1000)}`;
    this.#status.tooltip = `${scenario.title}: ${words}`;
    this.#status.show();
  }
}

function partRow(part: StepPart): ScenarioRow {
  return part.kind === "block"
    ? { kind: "block", block: part.block, line: part.block.line }
    : { kind: "note", line: part.line, text: part.text };
}

function stepRow({ title, purpose, line }: ScenarioStep): TreeItem {
  const item = new TreeItem(shownLabel(title, mostNote), TreeItemCollapsibleState.Expanded);
  item.id = `step/${line}`;
  item.iconPath = new ThemeIcon(icons[purpose]);
  if (!title.toLowerCase().includes(purpose)) item.description = purpose;
  item.accessibilityInformation = { label: `Step ${title}, ${purpose}` };
  return item;
}

function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
