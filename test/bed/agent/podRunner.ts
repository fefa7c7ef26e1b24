import { join } from "node:path";
import type { SurroundingsMessage } from "../../../demo/services/addresses.ts";
import type { ClusterApi } from "./api.ts";
import { crashLines } from "./crash.ts";
import { type ExecSurroundings, exec, type KwokKind, kwokPath, logs, portForward } from "./kwokObjects.ts";
import { PodLogs } from "./logs.ts";
import type { PodView } from "./pods.ts";
import type { ContainerProcess } from "./process.ts";

/** What a runner works with. */
export interface RunnerTools {
  readonly api: ClusterApi;
  readonly namespace: string;
  readonly logsFolder: string;
  readonly start: (pod: PodView, output: (text: string) => void) => Promise<ContainerProcess>;
  readonly execSurroundings: (pod: PodView, localPort: number) => ExecSurroundings;
  readonly surroundings: (pod: PodView) => SurroundingsMessage;
  /** Called when a process came or went, so that the others can be told. */
  readonly changed: () => void;
  readonly log: (line: string) => void;
}

const retryMs = 1000;

/**
 * Keeps what stands behind the pod of one name as the cluster says the pod is: its process, its log files and the
 * objects that lead the simulated kubelet to them. One step at a time, always towards the newest state of the pod.
 */
export class PodRunner {
  readonly #name: string;
  readonly #tools: RunnerTools;
  #wanted: PodView | undefined;
  #outdated = false;
  #working: Promise<void> | undefined;
  #retry: NodeJS.Timeout | undefined;
  #uid: string | undefined;
  #logs: PodLogs | undefined;
  #instance: string | undefined;
  #process: ContainerProcess | undefined;

  constructor(name: string, tools: RunnerTools) {
    this.#name = name;
    this.#tools = tools;
  }

  /** Where the pod's process listens, while it runs. */
  get localPort(): number | undefined {
    return this.#process?.port;
  }

  /** Whether the pod is gone and nothing of it is left. */
  get idle(): boolean {
    return !this.#wanted && !this.#working && this.#uid === undefined;
  }

  /** Takes the newest state of the pod; undefined means that it is gone. */
  want(pod: PodView | undefined): void {
    this.#wanted = pod;
    this.#outdated = true;
    clearTimeout(this.#retry);
    this.#working ??= this.#work();
  }

  /** Tells the process, if there is one, of the cluster around it. */
  tell(): void {
    if (this.#wanted) this.#process?.tell(this.#tools.surroundings(this.#wanted));
  }

  /** Resolves when nothing is being started or ended. */
  async settled(): Promise<void> {
    while (this.#working) await this.#working;
  }

  /** Ends the process for good; what the cluster knows of the pod is left alone. */
  async close(): Promise<void> {
    clearTimeout(this.#retry);
    this.#outdated = false;
    await this.settled();
    clearTimeout(this.#retry);
    const process = this.#process;
    this.#process = undefined;
    await process?.stop("asked");
  }

  async #work(): Promise<void> {
    while (this.#outdated) {
      this.#outdated = false;
      try {
        await this.#step(this.#wanted);
      } catch (error) {
        this.#tools.log(`${this.#name}: ${error instanceof Error ? error.message : String(error)}`);
        this.#retry = setTimeout(() => this.want(this.#wanted), retryMs);
      }
    }
    // In the same turn as the last look at #outdated, so that no news falls between.
    this.#working = undefined;
  }

  async #step(pod: PodView | undefined): Promise<void> {
    if (this.#uid !== undefined && this.#uid !== pod?.uid) await this.#forget();
    if (!pod) return;
    this.#uid = pod.uid;
    this.#logs ??= new PodLogs(join(this.#tools.logsFolder, pod.uid));
    if (this.#instance !== undefined && (pod.deleting || pod.instance !== this.#instance)) {
      await this.#end(pod.deleting ? "asked" : "killed", pod.deleting ? [] : this.#lastLines(pod));
    }
    if (!this.#logs.begun && pod.ended) await this.#writeMissedStart(this.#logs, pod);
    if (this.#instance === undefined && pod.instance !== undefined && !pod.deleting) {
      await this.#begin(this.#logs, pod, pod.instance);
    }
    this.tell();
  }

  async #begin(logs: PodLogs, pod: PodView, instance: string): Promise<void> {
    const log = logs.open();
    await this.#applyLogs(logs, pod);
    try {
      const process = await this.#tools.start(pod, (text) => log.write(text));
      this.#process = process;
      this.#instance = instance;
      void process.ended.then(() => this.#endedByItself(process));
    } catch (error) {
      await logs.close([error instanceof Error ? error.message : String(error)]);
      throw error;
    }
    this.#tools.changed();
    const { port } = this.#process;
    const { namespace } = this.#tools;
    await Promise.all([
      this.#apply("PortForward", portForward(namespace, pod, port)),
      this.#apply("Exec", exec(namespace, pod, this.#tools.execSurroundings(pod, port))),
    ]);
  }

  async #end(how: "asked" | "killed", lastLines: readonly string[]): Promise<void> {
    const process = this.#process;
    this.#process = undefined;
    this.#instance = undefined;
    this.#tools.changed();
    await process?.stop(how);
    await this.#logs?.close(lastLines);
    await Promise.all([this.#delete("PortForward"), this.#delete("Exec")]);
  }

  /** The pod of this name is another one now, or none. */
  async #forget(): Promise<void> {
    if (this.#instance !== undefined) await this.#end("killed", []);
    await Promise.all([this.#delete("Logs"), this.#delete("PortForward"), this.#delete("Exec")]);
    this.#logs?.remove();
    this.#logs = undefined;
    this.#uid = undefined;
  }

  /** A container that ended before we saw it run has a log all the same. */
  async #writeMissedStart(logs: PodLogs, pod: PodView): Promise<void> {
    logs.open();
    await logs.close(this.#lastLines(pod));
    await this.#applyLogs(logs, pod);
  }

  #endedByItself(process: ContainerProcess): void {
    if (this.#process !== process) return;
    this.#tools.log(`${this.#name}: process ${process.pid} ended by itself and is started again`);
    this.#process = undefined;
    this.#instance = undefined;
    this.#tools.changed();
    this.#retry = setTimeout(() => this.want(this.#wanted), retryMs);
  }

  #lastLines(pod: PodView): string[] {
    return pod.ended ? crashLines(pod.container, pod.ended, new Date()) : [];
  }

  #applyLogs(files: PodLogs, pod: PodView): Promise<void> {
    return this.#apply("Logs", logs(this.#tools.namespace, pod, files));
  }

  #apply(kind: KwokKind, object: unknown): Promise<void> {
    return this.#tools.api.apply(kwokPath(this.#tools.namespace, kind, this.#name), object);
  }

  #delete(kind: KwokKind): Promise<void> {
    return this.#tools.api.delete(kwokPath(this.#tools.namespace, kind, this.#name));
  }
}
