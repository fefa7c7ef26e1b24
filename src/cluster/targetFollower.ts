import { unwatchFile, watchFile } from "node:fs";
import { homedir } from "node:os";
import { ClusterError } from "./clusterError.ts";
import { kubeconfigFiles, type PinnedTarget, pinTarget, type TargetChoice } from "./kubeconfig.ts";

const pollMs = 1000;

/** The pinned target as the kubeconfig says now, or why there is none. */
export type PinResult = { readonly pinned: PinnedTarget } | { readonly error: ClusterError };

/**
 * Keeps reading the kubeconfig: at once, and again whenever one of its files changes, appears or goes. `onResult` is
 * called when what it says for the chosen target has changed.
 */
export class TargetFollower {
  readonly #files: readonly string[];
  readonly #choice: TargetChoice;
  readonly #onResult: (result: PinResult) => void;
  readonly #onBug: (error: unknown) => void;
  readonly #listener = () => this.refresh();
  #last = "";
  #disposed = false;

  constructor(
    choice: TargetChoice,
    environment: NodeJS.ProcessEnv,
    onResult: (result: PinResult) => void,
    onBug: (error: unknown) => void,
  ) {
    this.#choice = choice;
    this.#files = kubeconfigFiles(choice.kubeconfig, environment, homedir());
    this.#onResult = onResult;
    this.#onBug = onBug;
    // Polling also sees files and folders that do not exist yet, and files on network drives.
    for (const file of this.#files) watchFile(file, { interval: pollMs, persistent: false }, this.#listener);
    this.refresh();
  }

  /** Reads the kubeconfig now. */
  refresh(): void {
    this.#read().catch(this.#onBug);
  }

  dispose(): void {
    this.#disposed = true;
    for (const file of this.#files) unwatchFile(file, this.#listener);
  }

  async #read(): Promise<void> {
    const result = await readTarget(this.#files, this.#choice);
    const now = "pinned" in result ? result.pinned.kubeconfig : `${result.error.reason} ${result.error.message}`;
    if (this.#disposed || now === this.#last) return;
    this.#last = now;
    this.#onResult(result);
  }
}

async function readTarget(files: readonly string[], choice: TargetChoice): Promise<PinResult> {
  try {
    return { pinned: await pinTarget(files, choice) };
  } catch (error) {
    if (error instanceof ClusterError) return { error };
    throw error;
  }
}
