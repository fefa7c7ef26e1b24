import { commands, type Disposable, window } from "vscode";
import { HealthNotices } from "../../cluster/healthNotices.ts";
import { notifyAfterMs } from "../settings.ts";
import { messageText } from "../shownText.ts";
import type { PodsModel } from "./podsModel.ts";
import type { PodsTargets } from "./podsTargets.ts";

/** Tells when a workload of the Pods view is not whole for some time, and when it is again. */
export class HealthNotifications implements Disposable {
  readonly #targets: PodsTargets;
  readonly #listener: Disposable;
  readonly #onProblem: (error: unknown) => void;
  readonly #notices = new WeakMap<PodsModel, HealthNotices>();
  #timer: NodeJS.Timeout | undefined;

  constructor(targets: PodsTargets, onProblem: (error: unknown) => void) {
    this.#targets = targets;
    this.#onProblem = onProblem;
    this.#listener = targets.onDidChange(() => this.#look());
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#listener.dispose();
  }

  #look(): void {
    clearTimeout(this.#timer);
    const afterMs = notifyAfterMs();
    if (afterMs === null) return;
    const now = Date.now();
    const times = this.#targets.sections.map(({ model }) => this.#lookAt(model, afterMs, now));
    const nextAt = Math.min(...times);
    if (nextAt < Number.POSITIVE_INFINITY) this.#timer = setTimeout(() => this.#look(), nextAt - now);
  }

  /** When to look again although nothing changes, in ms since the epoch. */
  #lookAt(model: PodsModel, afterMs: number, now: number): number {
    const { state } = model;
    // What is not known now is no news.
    if (state.freshness.state !== "live") return Number.POSITIVE_INFINITY;
    const notices = this.#notices.get(model) ?? new HealthNotices();
    this.#notices.set(model, notices);
    const { notice, nextAt } = notices.look(state.workloads, afterMs, now);
    const text = notice && (this.#targets.sections.length > 1 ? `${model.name}: ${notice.text}` : notice.text);
    if (text && notice.warns) this.#warn(text).catch(this.#onProblem);
    else if (text) window.showInformationMessage(messageText(text));
    return nextAt ?? Number.POSITIVE_INFINITY;
  }

  async #warn(text: string): Promise<void> {
    const showPods = "Show Pods";
    const startIncident = "Start Incident";
    const choice = await window.showWarningMessage(messageText(text), showPods, startIncident);
    if (choice === showPods) await commands.executeCommand("podbook.pods.focus");
    if (choice === startIncident) await commands.executeCommand("podbook.startIncident");
  }
}
