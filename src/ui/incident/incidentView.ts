import {
  type Disposable,
  EventEmitter,
  ThemeIcon,
  type TreeDataProvider,
  TreeItem,
  TreeItemCollapsibleState,
  type TreeView,
  window,
} from "vscode";
import type { Happening, IncidentEntry } from "../../incident/entry.ts";
import { entriesOf } from "../../incident/entry.ts";
import { entryWords } from "../../incident/entryWords.ts";
import { detailWords, type TimelineRow, timelineRows } from "../../incident/timelineRows.ts";
import { describeTarget } from "../../plan/plan.ts";
import { changeWords } from "../../recovery/podTransition.ts";
import { secondsWords } from "../../recovery/recoveryClock.ts";
import { shownLabel, shownText } from "../shownText.ts";

/** The elapsed time is written anew this often, in ms. */
const tickMs = 1000;
/** A view is no file: of a long incident the latest entries are enough. */
const mostRows = 500;
const mostWords = 300;
/** A tooltip is no list. */
const mostShown = 20;

const icons: Readonly<Record<Happening["type"], string>> = {
  started: "megaphone",
  decided: "question",
  run: "terminal",
  workload: "pulse",
  restart: "debug-restart",
  pod: "package",
  pods: "package",
  recovery: "watch",
  event: "comment",
  metric: "graph-line",
  note: "note",
  ended: "check",
};

/** The timeline of the incident that is going on, the newest first, with the time it has taken above it. */
export class IncidentView implements TreeDataProvider<TimelineRow>, Disposable {
  readonly #view: TreeView<TimelineRow>;
  readonly #changed = new EventEmitter<void>();
  readonly onDidChangeTreeData = this.#changed.event;
  #entries: readonly IncidentEntry[] = [];
  #ticker: NodeJS.Timeout | undefined;

  constructor() {
    this.#view = window.createTreeView("podbook.incident", { treeDataProvider: this });
  }

  /** Shows these entries; none where no incident is going on. */
  show(entries: readonly IncidentEntry[]): void {
    this.#entries = entries;
    clearInterval(this.#ticker);
    this.#ticker = entries.length > 0 ? setInterval(() => this.#write(), tickMs) : undefined;
    this.#write();
    this.#changed.fire();
  }

  getChildren(row?: TimelineRow): TimelineRow[] {
    if (!row) return timelineRows(this.#entries).slice(0, mostRows);
    return row.kind === "details" ? row.entries.map((entry) => ({ kind: "entry", entry })) : [];
  }

  getTreeItem(row: TimelineRow): TreeItem {
    return row.kind === "entry" ? entryItem(row.entry) : detailsItem(row.entries);
  }

  dispose(): void {
    clearInterval(this.#ticker);
    this.#changed.dispose();
    this.#view.dispose();
  }

  #write(): void {
    const [started] = entriesOf(this.#entries, "started");
    if (!started) {
      this.#view.message = "";
      return;
    }
    const took = secondsWords((Date.now() - started.at) / 1000);
    this.#view.title = `Incident: ${started.title}`;
    this.#view.message = `${took} · ${this.#entries.length} entries · ${describeTarget(started.target)}`;
  }
}

function entryItem(entry: IncidentEntry): TreeItem {
  const words = entryWords(entry);
  const time = timeOfDay(entry.at);
  // The view is narrow: what is cut off at its end is in the tooltip, and the time must not be that.
  const item = new TreeItem(time);
  item.description = shownLabel(rowWords(entry), mostWords);
  item.iconPath = new ThemeIcon(isTrouble(entry) ? "warning" : icons[entry.type]);
  item.tooltip = shownText(`${words}\n${time} · noted by ${entry.by}`);
  item.accessibilityInformation = { label: `${time}: ${item.description}, noted by ${entry.by}` };
  return item;
}

function detailsItem(entries: readonly IncidentEntry[]): TreeItem {
  const [first] = entries.toReversed();
  const time = timeOfDay(first?.at ?? 0);
  const item = new TreeItem(time, TreeItemCollapsibleState.Collapsed);
  // While more of them come it stays the same row.
  item.id = `details ${first?.at}`;
  item.description = detailWords(entries);
  item.iconPath = new ThemeIcon(icons.pod);
  item.tooltip = shownText(entries.slice(0, mostShown).map(entryWords).join("\n"));
  item.accessibilityInformation = { label: `${time}: ${item.description}` };
  return item;
}

/** What became of a pod, and what was said, before the long name of whose it is. */
function rowWords(entry: IncidentEntry): string {
  if (entry.type === "pod") return `${changeWords(entry)} · ${entry.pod}`;
  if (entry.type === "event") return `${entry.reason}: ${entry.message} · ${entry.object}`;
  return entryWords(entry);
}

function isTrouble(entry: IncidentEntry): boolean {
  return entry.type === "workload" ? !entry.whole : entry.type === "event" && entry.warning;
}

/** As in `03:12:45`, whatever the locale, so that all are of one width. */
function timeOfDay(at: number): string {
  return new Date(at).toLocaleTimeString("en-GB");
}
