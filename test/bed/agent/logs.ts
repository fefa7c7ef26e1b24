import { createWriteStream, mkdirSync, renameSync, rmSync, symlinkSync, type WriteStream } from "node:fs";
import { join } from "node:path";

/** A log file in the format of the container runtime interface: one `<time> stdout F <line>` for each line. */
export class ContainerLog {
  readonly #stream: WriteStream;
  #rest = "";

  constructor(file: string) {
    this.#stream = createWriteStream(file, { flags: "a" });
  }

  /** Takes raw output; a line is written once it is whole. */
  write(output: string): void {
    const lines = (this.#rest + output).split("\n");
    this.#rest = lines.pop() ?? "";
    for (const line of lines) this.line(line);
  }

  /** Writes one whole line. */
  line(text: string): void {
    this.#stream.write(`${new Date().toISOString()} stdout F ${text}\n`);
  }

  /** Ends the log with the given lines; what was written without a line end becomes a line before them. */
  close(lastLines: readonly string[]): Promise<void> {
    if (this.#rest) this.line(this.#rest);
    this.#rest = "";
    for (const line of lastLines) this.line(line);
    return new Promise((resolve) => this.#stream.end(resolve));
  }
}

/** The logs of one pod: `current.log` and `previous.log` always lead to what `kubectl logs` should show. */
export class PodLogs {
  readonly current: string;
  readonly previous: string;
  readonly #folder: string;
  #starts = 0;
  #open: ContainerLog | undefined;

  constructor(folder: string) {
    this.#folder = folder;
    this.current = join(folder, "current.log");
    this.previous = join(folder, "previous.log");
    // Links of an earlier agent lead to logs that are no longer true.
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
  }

  /** Whether the container has ever started, as far as this agent knows. */
  get begun(): boolean {
    return this.#starts > 0;
  }

  /** Opens the log of a new start of the container. */
  open(): ContainerLog {
    this.#starts += 1;
    this.#open = new ContainerLog(this.#file());
    this.#link(this.current);
    rmSync(join(this.#folder, `${this.#starts - 2}.log`), { force: true });
    return this.#open;
  }

  /** Ends the open log with the given last lines. From now on it is the previous one too, as in a real kubelet. */
  async close(lastLines: readonly string[]): Promise<void> {
    await this.#open?.close(lastLines);
    this.#open = undefined;
    if (this.begun) this.#link(this.previous);
  }

  remove(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #file(): string {
    return join(this.#folder, `${this.#starts}.log`);
  }

  #link(name: string): void {
    rmSync(`${name}.new`, { force: true });
    symlinkSync(`${this.#starts}.log`, `${name}.new`);
    renameSync(`${name}.new`, name);
  }
}
