import { type Disposable, StatusBarAlignment, type StatusBarItem, ThemeColor, window } from "vscode";
import type { PodsModel } from "./podsModel.ts";
import { statusWords } from "./statusWords.ts";

/** How often "42 s ago" is written anew, in ms. */
const tickMs = 5000;

/** How many pods are ready, in the status bar; only once the pods are followed at all. */
export class PodsStatusBar {
  readonly #model: PodsModel;
  readonly #item: StatusBarItem;
  readonly #listener: Disposable;
  #ticker: NodeJS.Timeout | undefined;

  constructor(model: PodsModel) {
    this.#model = model;
    this.#item = window.createStatusBarItem("podbook.pods", StatusBarAlignment.Left);
    this.#item.name = "Podbook: Pods";
    // VS Code makes this command for every view.
    this.#item.command = "podbook.pods.focus";
    this.#listener = model.onDidChange(() => this.#update());
  }

  dispose(): void {
    clearInterval(this.#ticker);
    this.#listener.dispose();
    this.#item.dispose();
  }

  #update(): void {
    const { state } = this.#model;
    const { text, tooltip, warns } = statusWords(state, Date.now());
    this.#item.text = text;
    this.#item.tooltip = tooltip;
    this.#item.accessibilityInformation = { label: `Pods: ${text.replace(/^\$\([\w-]+\) /, "")}. ${tooltip}` };
    this.#item.backgroundColor = warns ? new ThemeColor("statusBarItem.warningBackground") : undefined;
    this.#item.show();
    clearInterval(this.#ticker);
    if (state.freshness.state === "stale") this.#ticker = setInterval(() => this.#update(), tickMs);
  }
}
