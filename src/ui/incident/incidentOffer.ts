import { type Disposable, StatusBarAlignment, type StatusBarItem, window } from "vscode";
import type { PlanRunner } from "../planRunner.ts";

/** Nobody begins to write an incident down later than this after a change, in ms. */
const shownMs = 30 * 60_000;

/**
 * Offers in the status bar to start an incident once a run has begun that changes something: a message would lie over the
 * output that the person reads then.
 */
export class IncidentOffer implements Disposable {
  readonly #item: StatusBarItem;
  readonly #listener: Disposable;
  #isGoing = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(runner: PlanRunner) {
    this.#item = window.createStatusBarItem("podbook.incidentOffer", StatusBarAlignment.Left);
    this.#item.name = "Podbook: Start Incident";
    this.#item.text = "$(megaphone) Start Incident";
    this.#item.command = "podbook.startIncident";
    this.#listener = runner.onDidStart(({ plan }) => {
      if (plan.effect !== "read" && !this.#isGoing) this.#offer(plan.title);
    });
  }

  /** Whether an incident is going on: then there is nothing to offer. */
  during(isGoing: boolean): void {
    this.#isGoing = isGoing;
    if (isGoing) this.#hide();
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#listener.dispose();
    this.#item.dispose();
  }

  #offer(change: string): void {
    this.#item.tooltip = `“${change}” changes something. Is it part of an incident? Then its timeline and report can be written down from now on.`;
    this.#item.show();
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#hide(), shownMs);
  }

  #hide(): void {
    clearTimeout(this.#timer);
    this.#item.hide();
  }
}
