import { type ChildProcess, spawn } from "node:child_process";
import { EventEmitter, once } from "node:events";
import { createInterface } from "node:readline";
import type { Bed } from "../bed/bed.ts";

/** One line of `kubectl get pods --watch`. */
export interface PodLine {
  readonly name: string;
  readonly ready: string;
  readonly status: string;
  readonly restarts: number;
}

/** Everything kubectl has shown of a namespace's pods since it was started. */
export interface PodWatch {
  readonly lines: readonly PodLine[];
  /** Resolves with the first line at or after `from` that satisfies `wanted`. Rejects when none comes in time. */
  see(what: string, wanted: (line: PodLine) => boolean, withinMs: number, from?: number): Promise<PodLine>;
  close(): Promise<void>;
}

/** Starts kubectl's own watch on the pods of a namespace. */
export function watchPods(bed: Bed, namespace: string): PodWatch {
  const args = ["--kubeconfig", bed.kubeconfig, "get", "pods", "-n", namespace, "--watch", "--no-headers"];
  const child: ChildProcess = spawn(bed.kubectl, args, { stdio: ["ignore", "pipe", "inherit"] });
  const lines: PodLine[] = [];
  const news = new EventEmitter();
  if (child.stdout !== null) {
    createInterface({ input: child.stdout }).on("line", (text) => {
      const [name = "", ready = "", status = "", restarts = ""] = text.trim().split(/\s+/);
      lines.push({ name, ready, status, restarts: Number(restarts) });
      news.emit("line");
    });
  }
  return {
    lines,
    see: async (what, wanted, withinMs, from = 0) => {
      const signal = AbortSignal.timeout(withinMs);
      for (let next = from; ; ) {
        const line = lines.slice(next).find(wanted);
        if (line !== undefined) return line;
        next = lines.length;
        try {
          await once(news, "line", { signal });
        } catch (cause) {
          const shown = lines.slice(from).map((seen) => `${seen.name} ${seen.ready} ${seen.status} ${seen.restarts}`);
          throw new Error(`${what} was not seen within ${withinMs} ms, but:\n${shown.join("\n")}`, { cause });
        }
      }
    },
    close: async () => {
      if (child.exitCode !== null) return;
      child.kill();
      await once(child, "close");
    },
  };
}
