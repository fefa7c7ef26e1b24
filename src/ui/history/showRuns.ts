import { type QuickInputButton, type QuickPickItem, QuickPickItemKind, ThemeIcon, window } from "vscode";
import type { RunRecord } from "../../journal/runRecord.ts";
import { type RunItem, runItems } from "./runItems.ts";

/** What can be done with a run of the list. */
export interface RunAction {
  readonly label: string;
  /** Name of a codicon. */
  readonly icon: string;
  readonly act: (record: RunRecord) => Promise<void>;
}

/** What a list of runs is opened with. */
export interface RunListOptions {
  readonly title: string;
  /** The runs, the newest first. */
  readonly records: () => Promise<readonly RunRecord[]>;
  /** Buttons on each row; none where a run is only to be chosen. */
  readonly actions: readonly RunAction[];
}

type Row = QuickPickItem & Pick<RunItem, "record">;

/** Lets the person search the runs and choose one; undefined when they leave or a button did what they wanted. */
export function pickRun({ title, records, actions }: RunListOptions): Promise<RunRecord | undefined> {
  const pick = window.createQuickPick<Row>();
  const buttons = new Map(actions.map((action) => [button(action), action]));
  pick.title = title;
  pick.placeholder = "Search by title, command, target or result";
  pick.matchOnDescription = true;
  pick.matchOnDetail = true;
  pick.busy = true;
  pick.show();
  return new Promise((resolve, reject) => {
    const leave = (chosen?: RunRecord) => {
      resolve(chosen);
      pick.dispose();
    };
    const fail = (error: unknown) => {
      reject(error);
      pick.dispose();
    };
    pick.onDidHide(() => leave());
    pick.onDidAccept(() => {
      // While the runs are being read there is nothing to accept yet.
      const record = pick.activeItems[0]?.record;
      if (record) leave(record);
    });
    pick.onDidTriggerItemButton(({ button: pressed, item }) => {
      const action = buttons.get(pressed);
      if (!action || !item.record) return;
      action.act(item.record).then(() => leave(), fail);
    });
    records().then((found) => {
      pick.items = runItems(found, Date.now()).map((item) => row(item, [...buttons.keys()]));
      pick.busy = false;
      if (found.length === 0) pick.placeholder = "No runs yet: run a block, and it is kept here";
    }, fail);
  });
}

/** Lets the person choose what to do with a run, so that the keyboard alone is enough. */
export async function pickAction(record: RunRecord, actions: readonly RunAction[]): Promise<void> {
  const items = actions.map((action) => ({ label: `$(${action.icon}) ${action.label}`, action }));
  const chosen = await window.showQuickPick(items, { title: record.start.title });
  await chosen?.action.act(record);
}

function row(item: RunItem, buttons: QuickInputButton[]): Row {
  return item.record ? { ...item, buttons } : { label: item.label, kind: QuickPickItemKind.Separator };
}

function button({ label, icon }: RunAction): QuickInputButton {
  return { iconPath: new ThemeIcon(icon), tooltip: label };
}
