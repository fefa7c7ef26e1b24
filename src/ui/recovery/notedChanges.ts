import type { Memento } from "vscode";
import type { Target } from "../../plan/plan.ts";
import type { Undo } from "../../recovery/actions.ts";

/** An action that ran, and what puts back what it changed. */
export interface NotedChange {
  readonly title: string;
  readonly target: Target;
  readonly undo: Undo;
}

const key = "podbook.changes";
const most = 50;

/** The changes that actions made from this workspace, with what was noted before each; the last 50. */
export class NotedChanges {
  readonly #memento: Memento;

  constructor(memento: Memento) {
    this.#memento = memento;
  }

  /** The oldest first. */
  get all(): readonly NotedChange[] {
    return this.#memento.get<NotedChange[]>(key, []);
  }

  async add(change: NotedChange): Promise<void> {
    await this.#memento.update(key, [...this.all, change].slice(-most));
  }

  /** Forgets the last change. */
  async dropLast(): Promise<void> {
    await this.#memento.update(key, this.all.slice(0, -1));
  }
}
