import { type Disposable, StatusBarAlignment, type StatusBarItem, ThemeColor, window } from "vscode";
import type { PodsTargets } from "./podsTargets.ts";
import { combinedWords, statusWords } from "./statusWords.ts";

/** How often "42 s ago" is written anew, in ms. */
const tickMs = 5000;

/** How many pods are ready, in the status bar; only once the pods are followed at all. */
export class PodsStatusBar {
  readonly #targets: PodsTargets;
  readonly #item: StatusBarItem;
  readonly #listener: Disposable;
  #ticker: NodeJS.Timeout | undefined;

  constructor(targets: PodsTargets) {
    this.#targets = targets;
    this.#item = window.createStatusBarItem("podbook.pods", StatusBarAlignment.Left);
    this.#item.name = "Podbook: Pods";
    // VS Code makes this command for every view.
    this.#item.command = "podbook.pods.focus";
    this.#listener = targets.onDidChange(() => this.#update());
  }

  dispose(): void {
    clearInterval(this.#ticker);
    this.#listener.dispose();
    this.#item.dispose();
  }

  #update(): void {
    const { sections } = this.#targets;
    const now = Date.now();
    const words = sections.map(({ model }) => statusWords(model.state, now, sections.length > 1 ? model.name : "Pods"));
    const { text, tooltip, warns } = combinedWords(words);
    this.#item.text = text;
    this.#item.tooltip = tooltip;
    this.#item.accessibilityInformation = { label: `Pods: ${text.replace(/\$\([\w-]+\) /g, "")}. ${tooltip}` };
    this.#item.backgroundColor = warns ? new ThemeColor("statusBarItem.warningBackground") : undefined;
    this.#item.show();
    clearInterval(this.#ticker);
    if (sections.some(({ model }) => model.state.freshness.state === "stale"))
      this.#ticker = setInterval(() => this.#update(), tickMs);
  }
}
