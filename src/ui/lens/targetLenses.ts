import { CodeLens, EventEmitter, Range, type TextDocument } from "vscode";
import { ClusterError } from "../../cluster/clusterError.ts";
import { describeTarget, type Target } from "../../plan/plan.ts";
import type { RunbookTargets } from "../runbookTargets.ts";
import type { LensProvider } from "./allLenses.ts";
import type { OpenRunbooks } from "./openRunbooks.ts";

/** A kubeconfig read longer ago than this is read again in the background, in ms. */
const keepMs = 5000;

interface Known {
  readonly at: number;
  readonly target: Target | null | undefined;
}

/** What the lenses of targets need. */
export interface TargetLensParts {
  readonly runbooks: OpenRunbooks;
  readonly targets: RunbookTargets;
  readonly onProblem: (error: unknown) => void;
}

/** The target of a runbook, above its first line; a click chooses another. */
export class TargetLenses implements LensProvider {
  readonly #parts: TargetLensParts;
  readonly #known = new Map<string, Known>();
  readonly #changed = new EventEmitter<void>();
  readonly onDidChangeCodeLenses = this.#changed.event;
  readonly #listener;

  constructor(parts: TargetLensParts) {
    this.#parts = parts;
    this.#listener = parts.targets.onDidChange(() => this.refresh());
  }

  /** Reads the targets anew, as when the settings have changed. */
  refresh(): void {
    this.#known.clear();
    this.#changed.fire();
  }

  /** Gives what is known at once: reading the kubeconfig must not hold back the lenses of the blocks. */
  provideCodeLenses(document: TextDocument): CodeLens[] {
    if (this.#parts.runbooks.blocks(document).length === 0) return [];
    const known = this.#known.get(document.uri.toString());
    if (!known || performance.now() - known.at > keepMs) this.#read(document, known).catch(this.#parts.onProblem);
    if (!known) return [];
    const words = known.target === undefined ? "choose a target…" : describeTarget(known.target);
    return [
      new CodeLens(new Range(0, 0, 0, 0), {
        title: `$(target) ${words}`,
        tooltip: "The context and namespace that this runbook's blocks run on. Click to choose another.",
        command: "podbook.chooseTarget",
        arguments: [document.uri],
      }),
    ];
  }

  dispose(): void {
    this.#listener.dispose();
    this.#changed.dispose();
  }

  async #read({ uri }: TextDocument, before: Known | undefined): Promise<void> {
    const target = await this.#parts.targets.known(uri).catch((error: unknown) => {
      // What is wrong with the kubeconfig is said when the person chooses, or runs something.
      if (error instanceof ClusterError) return undefined;
      throw error;
    });
    this.#known.set(uri.toString(), { at: performance.now(), target });
    const same = before && before.target?.context === target?.context && before.target?.namespace === target?.namespace;
    if (!same) this.#changed.fire();
  }
}
