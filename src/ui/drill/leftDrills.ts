import { homedir } from "node:os";
import { window } from "vscode";
import type { Connections } from "../../cluster/connections.ts";
import { kubeconfigFiles, type PinnedTarget, pinTarget } from "../../cluster/kubeconfig.ts";
import { failureWords } from "../../drill/failure.ts";
import { assumedLeft, type DrillChanges } from "../../drill/restoring.ts";
import { DrillFile, type KeptDrill, keptDrills, ownerPresence, readDrill } from "../../journal/drillFile.ts";
import { describeTarget } from "../../plan/plan.ts";
import { PlanError } from "../../plan/planError.ts";
import { dateAndTime } from "../history/runOutcome.ts";
import type { IncidentFeatures } from "../incident/incidentFeatures.ts";
import { mayRun } from "../prompts/trust.ts";
import { targetChoice } from "../settings.ts";
import { messageText, pickLabel } from "../shownText.ts";
import { restoreDrill } from "./drillRestoring.ts";
import { type OnTargetParts, runOnTarget } from "./runOnTarget.ts";
import { statesOf } from "./statesOf.ts";

/** What drills that were left are put back with. */
export interface LeftDrillParts extends OnTargetParts {
  readonly connections: Connections;
  readonly incidents: IncidentFeatures;
  /** Where drills are noted that are to be put back, absolute; all windows share it. */
  readonly folder: string;
  readonly onProblem: (error: unknown) => void;
}

const mostWords = 150;

/** The drills that ended before everything was put back, as when VS Code was killed. */
export class LeftDrills {
  readonly #parts: LeftDrillParts;

  constructor(parts: LeftDrillParts) {
    this.#parts = parts;
  }

  /** Offers to put back what a window has left that is gone; costs one look into a folder where there is nothing. */
  async offer(): Promise<void> {
    const kept = await keptDrills(this.#parts.folder);
    // A drill that was put back can have lost its window before its report was written.
    if (kept.length === 0) await this.#parts.incidents.endDrill();
    for (const drill of kept) {
      if ((await ownerPresence(drill)) !== "gone") continue;
      const now = "Put Back…";
      const words = `The drill “${titleOf(drill)}” on ${describeTarget(drill.beginning.target)} was cut off before everything was put back.`;
      if ((await window.showWarningMessage(messageText(words), now, "Later")) === now) await this.restore(drill);
    }
  }

  /** Lets the person choose one and puts it back; `own` is the file of the drill that is going on in this window. */
  async choose(own: string | undefined): Promise<void> {
    const kept = (await keptDrills(this.#parts.folder)).filter(({ path }) => path !== own);
    if (kept.length === 0) {
      await window.showInformationMessage("There is no drill to put back.");
      return;
    }
    const items = kept.map((drill) => ({
      label: pickLabel(titleOf(drill), mostWords),
      description: dateAndTime(drill.beginning.at),
      detail: pickLabel(describeTarget(drill.beginning.target), mostWords),
      drill,
    }));
    const picked = await window.showQuickPick(items, { title: "Put back which drill?" });
    if (picked) await this.restore(picked.drill);
  }

  /**
   * Puts a drill back, which is asked for as any change.
   * @throws PlanError where it is another window's, or its context means another cluster now; ClusterError
   */
  async restore({ path }: KeptDrill): Promise<void> {
    if (!(await mayRun())) return;
    const drill = await readDrill(path);
    if (!drill) {
      await window.showInformationMessage("That drill was put back meanwhile.");
      return;
    }
    if ((await ownerPresence(drill)) === "alive" && drill.owner?.pid !== process.pid) {
      throw new PlanError("not-configured", "Another window runs or puts back this drill. Stop it there.");
    }
    const { connections, incidents, onProblem } = this.#parts;
    const pinned = await pin(drill);
    const connection = await connections.get(pinned, pinned.target.context);
    const file = await DrillFile.take(path);
    let over = false;
    let left: readonly string[];
    try {
      const changes = await changesOf(drill, () => statesOf(connection));
      left = await restoreDrill(() => changes, {
        connection,
        run: runOnTarget(pinned, this.#parts),
        agreed: [],
        onProblem,
      });
      over = left.length === 0 || (await mayForget(left));
    } finally {
      await (over ? file.end() : file.close());
    }
    if (left.length === 0)
      void window.showInformationMessage(messageText(`${titleOf(drill)}: all is as before the drill.`));
    await incidents.endDrill();
  }
}

/** Says what is not as before; true where the person takes care of that. */
async function mayForget(left: readonly string[]): Promise<boolean> {
  const forget = "Forget It";
  const words = `Not as before the drill: ${left.join(", ")}. Put it back by hand, or try again with Podbook: Restore Drill.`;
  return (await window.showWarningMessage(messageText(words), forget)) === forget;
}

function titleOf({ beginning }: KeptDrill): string {
  return failureWords(beginning.failure, beginning.workload);
}

async function pin({ beginning }: KeptDrill): Promise<PinnedTarget> {
  const choice = { ...targetChoice(), ...beginning.target };
  const pinned = await pinTarget(kubeconfigFiles(choice.kubeconfig, process.env, homedir()), choice);
  if (pinned.server === beginning.server) return pinned;
  const { context } = beginning.target;
  const why = `The context ${context} meant ${beginning.server} in the drill, and means ${pinned.server} now.`;
  throw new PlanError("not-configured", `${why} Correct the kubeconfig, and try again.`);
}

/** Where the injection was cut off, what it breaks is taken for the drill's own. */
async function changesOf(
  { changes, injected, beginning }: KeptDrill,
  states: () => Promise<DrillChanges["before"]>,
): Promise<DrillChanges> {
  if (injected) return changes;
  const left = assumedLeft(changes.before, await states(), beginning.failure, beginning.workload);
  return { ...changes, left, unsure: [] };
}
