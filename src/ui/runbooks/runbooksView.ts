import {
  type Disposable,
  EventEmitter,
  ThemeColor,
  ThemeIcon,
  type TreeDataProvider,
  TreeItem,
  TreeItemCollapsibleState,
  type TreeView,
  window,
  workspace,
} from "vscode";
import { isWhole, readyCount, type Workload } from "../../cluster/workload.ts";
import { scenarioWorkloads } from "../../recovery/scenarioSteps.ts";
import { notRun } from "../lens/blockStateWords.ts";
import type { PodsState } from "../pods/podsModel.ts";
import type { PodsTargets } from "../pods/podsTargets.ts";
import type { LastRecoveries } from "../scenario/lastRecoveries.ts";
import { lastRecoveryWords } from "../scenario/recoveryWords.ts";
import { runbookPatterns } from "../settings.ts";
import type { LastRuns } from "./lastRuns.ts";
import { rowLabel, rowTooltip } from "./rowTexts.ts";
import type { RunbookLibrary } from "./runbookLibrary.ts";
import {
  type BlockRow,
  type PartRow,
  type RunbookRow,
  type RunbooksRow,
  runbookRow,
  withDescendants,
} from "./runbookRows.ts";
import type { WorkspaceRunbook } from "./workspaceRunbooks.ts";

/** The health of scenarios is looked at this long after pods have changed, in ms: where they change all the time, not each time. */
const gatherMs = 300;

/** What the Runbooks view shows. */
export interface RunbooksViewParts {
  readonly library: RunbookLibrary;
  readonly pods: PodsTargets;
  readonly lastRuns: LastRuns;
  readonly recoveries: LastRecoveries;
}

/** What a row says beside its label. */
interface RowWords {
  readonly description: string;
  /** Name of a codicon. */
  readonly icon: string;
  readonly isTrouble: boolean;
}

/** The runbooks of the workspace with their scenarios and sections, the health of what they are about, and how they last went. */
export class RunbooksView implements TreeDataProvider<RunbooksRow>, Disposable {
  readonly #parts: RunbooksViewParts;
  readonly #view: TreeView<RunbooksRow>;
  readonly #changed = new EventEmitter<RunbooksRow[] | undefined>();
  readonly onDidChangeTreeData = this.#changed.event;
  readonly #disposables: readonly Disposable[];
  #rows: readonly RunbookRow[] = [];
  /** What the rows were made from. */
  #made = new Map<RunbookRow, WorkspaceRunbook>();
  /** What the rows say on the screen. */
  readonly #shown = new Map<RunbooksRow, string>();
  /** The workload that a scenario begins with, as long as the cluster has workloads of the same names. */
  readonly #about = new Map<PartRow, string | undefined>();
  #workloadNames = "";
  /** The runbooks have changed while nobody looked. */
  #isOutdated = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(parts: RunbooksViewParts) {
    this.#parts = parts;
    this.#view = window.createTreeView("podbook.runbooks", { treeDataProvider: this, showCollapseAll: true });
    this.#disposables = [
      this.#view,
      this.#changed,
      parts.library.onDidChange(() => this.#make()),
      parts.pods.onDidChange(() => this.#redrawHealthSoon()),
      parts.lastRuns.onDidChange(() => this.#redraw(({ kind }) => kind === "block")),
      parts.recoveries.onDidChange(() => this.#redraw(({ kind }) => kind === "part")),
      this.#view.onDidChangeVisibility(({ visible }) => this.#setVisible(visible)),
    ];
    this.#setVisible(this.#view.visible);
  }

  getChildren(row?: RunbooksRow): RunbooksRow[] {
    if (!row) return [...this.#rows];
    return row.kind === "block" ? [] : [...row.children];
  }

  getParent(row: RunbooksRow): RunbooksRow | undefined {
    return row.kind === "runbook" ? undefined : row.parent;
  }

  getTreeItem(row: RunbooksRow): TreeItem {
    const { description, icon, isTrouble } = this.#words(row);
    const item = new TreeItem(rowLabel(row), collapsible(row, this.#rows.length));
    item.id = row.id;
    item.description = description;
    item.iconPath = new ThemeIcon(icon, isTrouble ? new ThemeColor("list.warningForeground") : undefined);
    item.contextValue = row.kind === "part" ? (row.part.scenario ? "scenario" : "section") : row.kind;
    item.tooltip = rowTooltip(row, workspace.asRelativePath(row.uri), this.#lastRecovery(row));
    item.command = { title: "Show in Runbook", command: "podbook.openRunbookRow", arguments: [row] };
    item.accessibilityInformation = {
      label: `${row.kind === "part" ? item.contextValue : row.kind} ${item.label}, ${description}`,
    };
    return item;
  }

  dispose(): void {
    clearTimeout(this.#timer);
    for (const disposable of this.#disposables) disposable.dispose();
  }

  /** Nothing is read, and no cluster asked, before somebody looks. */
  #setVisible(visible: boolean): void {
    if (!visible) return;
    this.#parts.library.start();
    this.#parts.pods.start();
    this.#parts.lastRuns.refresh();
    this.#parts.recoveries.refresh();
    if (this.#isOutdated) this.#make();
    else this.#redraw(() => true);
  }

  #make(): void {
    this.#isOutdated = !this.#view.visible;
    if (this.#isOutdated) return;
    const before = new Map([...this.#made].map(([row, runbook]) => [runbook, row]));
    const made = this.#parts.library.runbooks.map((one) => {
      const row = before.get(one) ?? runbookRow(one, workspace.asRelativePath(one.uri));
      return [row, one] as const;
    });
    this.#made = new Map(made);
    this.#rows = made.map(([row]) => row);
    this.#view.message =
      this.#rows.length > 0
        ? ""
        : `No runbook in this workspace: a Markdown file with shell blocks, found by podbook.runbooks (${runbookPatterns().join(", ")}).`;
    this.#shown.clear();
    this.#about.clear();
    this.#forgetOtherWorkloads();
    for (const row of this.#rows.flatMap(withDescendants)) this.#shown.set(row, JSON.stringify(this.#words(row)));
    this.#changed.fire(undefined);
  }

  #redrawHealthSoon(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#redraw(({ kind }) => kind !== "block");
    }, gatherMs);
  }

  /** Only what says something else: a click on a row that is just drawn anew is lost. */
  #redraw(which: (row: RunbooksRow) => boolean): void {
    if (!this.#view.visible) return;
    this.#forgetOtherWorkloads();
    const changed = this.#rows.flatMap(withDescendants).filter((row) => {
      if (!which(row)) return false;
      const words = JSON.stringify(this.#words(row));
      const differs = this.#shown.get(row) !== words;
      if (differs) this.#shown.set(row, words);
      return differs;
    });
    if (changed.length > 0) this.#changed.fire(changed);
  }

  #words(row: RunbooksRow): RowWords {
    if (row.kind === "runbook") return this.#runbookWords(row);
    return row.kind === "part" ? this.#partWords(row) : this.#blockWords(row);
  }

  #runbookWords({ uri, children }: RunbookRow): RowWords {
    const isTrouble = children.some((child) => this.#partWords(child).isTrouble);
    return { description: workspace.asRelativePath(uri), icon: isTrouble ? "warning" : "book", isTrouble };
  }

  /** A scenario is about the workloads that its blocks name; the first of them is the one it begins with. */
  #partWords(row: PartRow): RowWords {
    const { scenario, blocks } = row.part;
    const count = blocks.length === 1 ? "1 block" : `${blocks.length} blocks`;
    if (!scenario) return { description: count, icon: "list-tree", isTrouble: false };
    const workload = this.#liveWorkload(row);
    const recovery = this.#lastRecovery(row) || (scenario.expectedRecovery ?? "");
    if (!workload) {
      return { description: joined(recovery, count), icon: "checklist", isTrouble: false };
    }
    const { ready, wanted } = readyCount(workload);
    const isTrouble = !isWhole(workload);
    return {
      description: joined(`${ready}/${wanted} ready`, workload.name, recovery),
      icon: isTrouble ? "warning" : "checklist",
      isTrouble,
    };
  }

  /** How a scenario has recovered last; empty where that is not known. */
  #lastRecovery(row: RunbooksRow): string {
    const title = row.kind === "part" ? row.part.scenario?.title : undefined;
    const last = title === undefined ? undefined : this.#parts.recoveries.of(row.uri, title);
    return last ? lastRecoveryWords(last, Date.now()) : "";
  }

  /** The workload that a scenario is about, where it is known how that is now. */
  #liveWorkload(row: PartRow): Workload | undefined {
    const { freshness, workloads } = this.#followed();
    if (freshness?.state !== "live") return undefined;
    if (!this.#about.has(row)) {
      const names = workloads.map(({ name }) => name);
      this.#about.set(row, scenarioWorkloads(row.part.blocks, names)[0]);
    }
    const name = this.#about.get(row);
    return workloads.find((one) => one.name === name);
  }

  /** What scenarios are about is looked up in their blocks, which takes long, only where the names of the workloads change. */
  #forgetOtherWorkloads(): void {
    const names = this.#followed()
      .workloads.map(({ name }) => name)
      .join();
    if (names === this.#workloadNames) return;
    this.#workloadNames = names;
    this.#about.clear();
  }

  /** Blocks run on the first target. */
  #followed(): Partial<PodsState> & Pick<PodsState, "workloads"> {
    return this.#parts.pods.sections[0]?.model.state ?? { workloads: [] };
  }

  #blockWords({ uri, block }: BlockRow): RowWords {
    const { icon, words } = this.#parts.lastRuns.of(uri, block, Date.now()) ?? notRun;
    return { description: words, icon, isTrouble: false };
  }
}

function joined(...parts: readonly string[]): string {
  return parts.filter((part) => part !== "").join(" · ");
}

function collapsible(row: RunbooksRow, runbooks: number): TreeItemCollapsibleState {
  if (row.kind === "block") return TreeItemCollapsibleState.None;
  return row.kind === "runbook" && runbooks === 1
    ? TreeItemCollapsibleState.Expanded
    : TreeItemCollapsibleState.Collapsed;
}
