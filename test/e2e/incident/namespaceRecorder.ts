import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import type { Bed } from "../../bed/bed.ts";

/** Something that kubectl told of, with the time (ms since the epoch) at which it did. */
export interface Told {
  readonly at: number;
  /** As a timeline has it. */
  readonly words: string;
}

const eventTemplate = `{{with .object}}{{.metadata.uid}}/{{with .series}}{{.count}}{{else}}{{with .count}}{{.}}{{else}}1{{end}}{{end}} {{printf "%s/%s: %s: %s" .involvedObject.kind .involvedObject.name .reason .message | printf "%q"}}{{end}}{{"\\n"}}`;

/** Writes down what the watches of `kubectl get pods` and `kubectl get events` tell of a namespace, independent of Podbook. */
export class NamespaceRecorder {
  /** What became of the pods after the first list of them. */
  readonly pods: Told[] = [];
  /** Each event once for each time that it has happened. */
  readonly events: Told[] = [];
  readonly names = new Set<string>();
  readonly #rows = new Map<string, string>();
  readonly #seen = new Set<string>();
  readonly #children: readonly ChildProcess[];
  readonly #startedAt = Date.now();

  constructor(bed: Bed, namespace: string) {
    const watch = (onLine: (line: string, at: number) => void, ...args: string[]) => {
      const all = ["--kubeconfig", bed.kubeconfig, "get", ...args, "-n", namespace, "--watch", "--output-watch-events"];
      const child = spawn(bed.kubectl, all, { stdio: ["ignore", "pipe", "inherit"] });
      let rest = "";
      child.stdout.on("data", (chunk: Buffer) => {
        const at = Date.now();
        const lines = (rest + chunk.toString()).split("\n");
        rest = lines.pop() ?? "";
        for (const line of lines) onLine(line, at);
      });
      return child;
    };
    this.#children = [
      watch((line, at) => this.#readPod(line, at), "pods", "--no-headers"),
      watch((line, at) => this.#readEvent(line, at), "events", "-o", `go-template=${eventTemplate}`),
    ];
  }

  async close(): Promise<void> {
    const closed = Promise.all(this.#children.map((child) => once(child, "close")));
    for (const child of this.#children) child.kill();
    await closed;
  }

  #readPod(line: string, at: number): void {
    const [type, name = "", ready, status, restarts = "0"] = line.split(/\s+/);
    const before = this.#rows.get(name);
    const count = Number(restarts);
    const now = `${ready} ${status} ${count}`;
    this.names.add(name);
    const [was, wasCount] = split(before);
    if (type === "DELETED") {
      this.#rows.delete(name);
      this.pods.push({ at, words: `${name}: ${was} → gone` });
      return;
    }
    this.#rows.set(name, now);
    // The first list is the state before.
    if (before === now || (before === undefined && type === "ADDED" && at < this.#startedAt + listMs)) return;
    const restarted = count > wasCount ? `, ${count} restarts` : "";
    this.pods.push({
      at,
      words: `${name}: ${before === undefined ? "new, " : `${was} → `}${ready} ${status}${restarted}`,
    });
  }

  #readEvent(line: string, at: number): void {
    const [id = ""] = line.split(" ", 1);
    if (this.#seen.has(id)) return;
    this.#seen.add(id);
    this.events.push({ at, words: JSON.parse(line.slice(id.length + 1)) as string });
  }
}

/** The first list is told within this time, in ms. */
const listMs = 2000;

function split(row: string | undefined): [string, number] {
  const words = (row ?? "").split(" ");
  return [words.slice(0, 2).join(" "), Number(words[2] ?? 0)];
}
