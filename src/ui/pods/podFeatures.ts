import type { Disposable } from "vscode";
import type { Connections } from "../../cluster/connections.ts";
import { arrangeHandlers } from "../commands/arrangeCommands.ts";
import type { CommandHandler } from "../commands/command.ts";
import { followedTargets } from "../settings.ts";
import { HealthNotifications } from "./healthNotifications.ts";
import { PodsStatusBar } from "./podsStatusBar.ts";
import { PodsTargets } from "./podsTargets.ts";
import { PodsView } from "./podsView.ts";

/** What the pods are followed with. */
export interface PodFeatureParts {
  readonly connections: Connections;
  readonly onProblem: (error: unknown) => void;
}

/** The pods of the followed targets: their view, the status bar, and what is told of their health. */
export class PodFeatures implements Disposable {
  readonly targets: PodsTargets;
  /** By the names of their commands. */
  readonly handlers: Record<string, CommandHandler>;
  readonly #disposables: readonly Disposable[];

  constructor({ connections, onProblem }: PodFeatureParts) {
    this.targets = new PodsTargets({
      choices: followedTargets,
      environment: process.env,
      connect: (pinned) => connections.get(pinned, pinned.target.context),
      onBug: onProblem,
    });
    const view = new PodsView(this.targets);
    this.handlers = {
      ...arrangeHandlers(view),
      "podbook.refreshPods": async () => this.refresh(),
      "podbook.revealPod": view.revealPod,
    };
    this.#disposables = [
      view,
      new PodsStatusBar(this.targets),
      new HealthNotifications(this.targets, onProblem),
      this.targets,
    ];
  }

  /** Follows anew, as when the settings have changed. */
  refresh(): void {
    this.targets.restart();
  }

  dispose(): void {
    for (const disposable of this.#disposables) disposable.dispose();
  }
}
