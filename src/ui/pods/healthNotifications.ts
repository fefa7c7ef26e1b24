import { commands, type Disposable, window } from "vscode";
import { HealthNotices } from "../../cluster/healthNotices.ts";
import { notifyAfterMs } from "../settings.ts";
import type { PodsModel } from "./podsModel.ts";

/** Tells when a workload of the Pods view is not whole for some time, and when it is again. */
export class HealthNotifications implements Disposable {
  readonly #model: PodsModel;
  readonly #listener: Disposable;
  readonly #onProblem: (error: unknown) => void;
  /** Begins anew with every target. */
  #notices = new HealthNotices();
  #target: unknown = null;
  #timer: NodeJS.Timeout | undefined;

  constructor(model: PodsModel, onProblem: (error: unknown) => void) {
    this.#model = model;
    this.#onProblem = onProblem;
    this.#listener = model.onDidChange(() => this.#look());
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#listener.dispose();
  }

  #look(): void {
    clearTimeout(this.#timer);
    const { state } = this.#model;
    const afterMs = notifyAfterMs();
    // What is not known now is no news.
    if (state.freshness.state !== "live" || afterMs === null) return;
    if (this.#target !== state.target) {
      this.#target = state.target;
      this.#notices = new HealthNotices();
    }
    const now = Date.now();
    const { notice, nextAt } = this.#notices.look(state.workloads, afterMs, now);
    if (nextAt !== null) this.#timer = setTimeout(() => this.#look(), nextAt - now);
    if (notice?.warns) this.#warn(notice.text).catch(this.#onProblem);
    else if (notice) window.showInformationMessage(notice.text);
  }

  async #warn(text: string): Promise<void> {
    const showPods = "Show Pods";
    const startIncident = "Start Incident";
    const choice = await window.showWarningMessage(text, showPods, startIncident);
    if (choice === showPods) await commands.executeCommand("podbook.pods.focus");
    if (choice === startIncident) await commands.executeCommand("podbook.startIncident");
  }
}
