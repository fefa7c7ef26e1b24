import { EventEmitter } from "vscode";
import type { TargetChoice } from "../../cluster/kubeconfig.ts";
import { PodsModel, type PodsModelOptions } from "./podsModel.ts";
import { PodsTree } from "./podsTree.ts";

/** One of the targets that are followed, with its rows. */
export interface PodsSection {
  readonly model: PodsModel;
  readonly tree: PodsTree;
}

/** What the followed targets need from the extension. */
export interface PodsTargetsOptions extends Omit<PodsModelOptions, "choice"> {
  /** The targets to follow; the first is the one that blocks run on. */
  readonly choices: () => readonly TargetChoice[];
}

/** The targets whose pods are followed side by side: where one fails, the others stay as they are. */
export class PodsTargets {
  readonly #options: PodsTargetsOptions;
  readonly #changed = new EventEmitter<void>();
  /** One of the targets has news, or there are others. */
  readonly onDidChange = this.#changed.event;
  #sections: readonly PodsSection[] = [];
  #started = false;

  constructor(options: PodsTargetsOptions) {
    this.#options = options;
    this.#make();
  }

  /** At least one, in the order of the settings. */
  get sections(): readonly PodsSection[] {
    return this.#sections;
  }

  /** The section that a row stands in; the first where it stands in none. */
  sectionOf(id: string | undefined): PodsSection | undefined {
    return this.#sections.find(({ tree }) => id?.startsWith(tree.prefix)) ?? this.#sections[0];
  }

  /** Begins to follow; does nothing when it has begun already. */
  start(): void {
    this.#started = true;
    for (const { model } of this.#sections) model.start();
  }

  /** Forgets all and begins anew, with the settings and the kubeconfig as they are now. */
  restart(): void {
    this.#end();
    this.#make();
    this.#changed.fire();
    if (this.#started) this.start();
  }

  dispose(): void {
    this.#end();
    this.#changed.dispose();
  }

  #make(): void {
    const { choices, ...rest } = this.#options;
    this.#sections = choices().map((choice, index) => {
      const model = new PodsModel({ ...rest, choice: () => choice });
      model.onDidChange(() => this.#changed.fire());
      return { model, tree: new PodsTree(`${index}|`) };
    });
  }

  #end(): void {
    for (const { model } of this.#sections) model.dispose();
    this.#sections = [];
  }
}
