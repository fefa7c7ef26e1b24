import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import type { Bed } from "../bed/bed.ts";

/** A line of `kubectl get pods --watch --output-watch-events`. */
export interface PodEvent {
  /** When the line came, in ms since the epoch. */
  readonly at: number;
  readonly type: string;
  readonly pod: string;
  /** Such as `1/1`. */
  readonly ready: string;
}

/** A `kubectl get pods --watch` beside the editor: the same events, as another client of the API sees them. */
export class PodWatch {
  readonly #child: ChildProcess;
  readonly #events: PodEvent[] = [];
  readonly #waiting = new Set<() => void>();

  constructor(bed: Bed, namespace: string) {
    const args = ["--kubeconfig", bed.kubeconfig, "get", "pods", "-n", namespace, "--watch", "--output-watch-events"];
    this.#child = spawn(bed.kubectl, args, { stdio: ["ignore", "pipe", "inherit"] });
    if (!this.#child.stdout) throw new Error("kubectl has no output");
    createInterface({ input: this.#child.stdout }).on("line", (line) => {
      const [type = "", pod = "", ready = ""] = line.split(/\s+/);
      this.#events.push({ at: Date.now(), type, pod, ready });
      for (const look of this.#waiting) look();
    });
  }

  /** Resolves with the first event at or after `since` (ms since the epoch) that fulfils the condition. */
  async event(since: number, condition: (event: PodEvent) => boolean, timeout = 60_000): Promise<PodEvent> {
    return new Promise((resolve, reject) => {
      const look = () => {
        const found = this.#events.find((event) => event.at >= since && condition(event));
        if (!found) return;
        clearTimeout(timer);
        this.#waiting.delete(look);
        resolve(found);
      };
      const timer = setTimeout(() => {
        this.#waiting.delete(look);
        reject(new Error(`No such event within ${timeout} ms: ${JSON.stringify(this.#events.slice(-20))}`));
      }, timeout);
      this.#waiting.add(look);
      look();
    });
  }

  /** Ends kubectl. */
  async end(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const exit = once(this.#child, "exit");
    this.#child.kill();
    await exit;
  }
}
