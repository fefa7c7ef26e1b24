import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import type { Bed } from "../../bed/bed.ts";

/** A change of a pod as kubectl told of it, with the time (ms since the epoch) at which it did. */
export interface PodChange {
  readonly at: number;
  readonly name: string;
  readonly gone: boolean;
  readonly deleting: boolean;
  readonly ready: boolean;
  /** When the API says that its readiness changed last, in whole seconds; NaN where it does not say. */
  readonly since: number;
}

/** When an app was not whole, and again: by the watch of `kubectl`, and by the API's own time of the last readiness. */
export interface Outage {
  readonly began: number;
  readonly ended: number;
  readonly readySince: number;
}

const template = `{{.type}} {{.object.metadata.name}} {{if .object.metadata.deletionTimestamp}}deleting{{else}}there{{end}} {{range .object.status.conditions}}{{if eq .type "Ready"}}{{.status}} {{.lastTransitionTime}}{{end}}{{end}}{{"\\n"}}`;

/** Writes down what `kubectl get pods --watch` tells of an app, independent of Podbook. */
export class PodRecorder {
  readonly changes: PodChange[] = [];
  readonly #child: ChildProcess;

  constructor(bed: Bed, app: string) {
    const args = ["get", "pods", "-n", "pyairtable", "-l", `app=${app}`, "--watch", "--output-watch-events"];
    this.#child = spawn(bed.kubectl, ["--kubeconfig", bed.kubeconfig, ...args, "-o", `go-template=${template}`], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    let rest = "";
    this.#child.stdout?.on("data", (chunk: Buffer) => {
      const at = Date.now();
      const lines = (rest + chunk.toString()).split("\n");
      rest = lines.pop() ?? "";
      for (const line of lines) this.#read(line, at);
    });
  }

  /** The outages since a time, as `wanted` ready pods and no other make the app whole. */
  outages(since: number, wanted: number): Outage[] {
    const pods = new Map<string, PodChange>();
    const found: Outage[] = [];
    let began: number | null = null;
    /** The first list comes pod by pod, and is no outage. */
    let known = false;
    for (const change of this.changes) {
      if (change.gone) pods.delete(change.name);
      else pods.set(change.name, change);
      const all = [...pods.values()];
      const whole = all.length === wanted && all.every(({ ready, deleting }) => ready && !deleting);
      if (!whole && known && change.at >= since) began ??= change.at;
      known ||= whole;
      if (whole && began !== null) {
        found.push({ began, ended: change.at, readySince: Math.max(...all.map((pod) => pod.since)) });
        began = null;
      }
    }
    return found;
  }

  async close(): Promise<void> {
    const closed = once(this.#child, "close");
    this.#child.kill();
    await closed;
  }

  #read(line: string, at: number): void {
    const [type, name = "", state, ready, since = ""] = line.split(" ");
    const gone = type === "DELETED";
    this.changes.push({
      at,
      name,
      gone,
      deleting: state === "deleting",
      ready: ready === "True",
      since: Date.parse(since),
    });
  }
}
