import { type QuickPickItem, ThemeIcon, window } from "vscode";
import { humanDuration } from "../../cluster/humanDuration.ts";
import type { Revision } from "../../cluster/rollouts.ts";
import type { TemplateDocuments } from "./templateDocuments.ts";

interface RevisionItem extends QuickPickItem {
  readonly revision: Revision;
}

const compare = { iconPath: new ThemeIcon("diff"), tooltip: "Compare with what runs now" };

/** Lets the person choose an older revision, and look at what differs first; its number, undefined when they leave. */
export async function pickRevision(
  workload: string,
  current: Revision,
  older: readonly Revision[],
  templates: TemplateDocuments,
): Promise<number | undefined> {
  const picker = window.createQuickPick<RevisionItem>();
  picker.title = `Roll ${workload} back to which revision? Now ${current.number}: ${current.images.join(", ")}`;
  picker.matchOnDetail = true;
  // It stays open while the person looks at a difference.
  picker.ignoreFocusOut = true;
  picker.items = older.map((revision) => item(revision, Date.now()));
  try {
    return await new Promise<number | undefined>((resolve, reject) => {
      picker.onDidAccept(() => resolve(picker.selectedItems[0]?.revision.number));
      picker.onDidHide(() => resolve(undefined));
      picker.onDidTriggerItemButton((event) => {
        templates.compare(workload, current, event.item.revision).catch(reject);
      });
      picker.show();
    });
  } finally {
    picker.dispose();
  }
}

function item(revision: Revision, now: number): RevisionItem {
  const age = `${humanDuration(now - revision.createdAt)} old`;
  return {
    label: `Revision ${revision.number}`,
    description: revision.changeCause === "" ? age : `${revision.changeCause} · ${age}`,
    detail: revision.images.join(", "),
    buttons: [compare],
    revision,
  };
}
