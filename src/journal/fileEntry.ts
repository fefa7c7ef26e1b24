import type { FileHandle } from "node:fs/promises";
import { readStartTime } from "./processIdentity.ts";
import { appendBytes, type RecordFile } from "./recordFile.ts";
import type { RunCommandEvent, RunEnded, RunEntry, RunEvent } from "./runRecord.ts";

/** What an entry writes to, and whom it tells. */
export interface FileEntryOptions {
  readonly id: string;
  /** Null where the files could not be made: the run goes on without a journal. */
  readonly files: { readonly record: RecordFile; readonly output: FileHandle } | null;
  /** In ms since the epoch. */
  readonly now: () => number;
  /** Told once for the run; gives what the record says of it. */
  readonly onFailure: (error: unknown) => string;
}

/** A run in the journal's files. All that is told to it is written in that order, one after the other. */
export class FileEntry implements RunEntry {
  readonly id: string;
  readonly #options: FileEntryOptions;
  #queue: Promise<void> = Promise.resolve();
  #outputBytes = 0;
  /** Once set, nothing more is kept of the output: what came later would stand at the wrong place. */
  #failed = false;
  #ended = false;

  constructor(options: FileEntryOptions) {
    this.id = options.id;
    this.#options = options;
  }

  output(bytes: Uint8Array): Promise<void> {
    return this.#next(async () => {
      if (!this.#options.files || this.#failed) return;
      await appendBytes(this.#options.files.output, bytes, (count) => {
        this.#outputBytes += count;
      });
    });
  }

  prepared(folder: string): Promise<void> {
    return this.#next(() => this.#append({ type: "prepared", at: this.#options.now(), folder }));
  }

  spawned(pid: number, folder: string): Promise<void> {
    const at = this.#options.now();
    return this.#next(async () => {
      await this.#append({ type: "spawned", at, pid, startTime: await readStartTime(pid), folder });
    });
  }

  command(event: RunCommandEvent): Promise<void> {
    return this.#next(() => this.#append(event));
  }

  async end(ended: Omit<RunEnded, "type">): Promise<void> {
    await this.#next(async () => this.#options.files?.output.close());
    await this.#next(() => this.#append({ type: "ended", ...ended }));
    this.#ended = true;
    await this.#next(async () => this.#options.files?.record.closeWhole());
  }

  /** Tries again to write the lines that a failing disk did not take; whether there is nothing left to do. */
  async finish(): Promise<boolean> {
    if (!this.#ended) return false;
    await this.#next(async () => {
      await this.#append();
      await this.#options.files?.record.closeWhole();
    });
    return this.#options.files?.record.isWhole ?? true;
  }

  #next(work: () => Promise<void>): Promise<void> {
    this.#queue = this.#queue.then(work).catch((error: unknown) => this.#fail(error));
    return this.#queue;
  }

  async #append(...events: RunEvent[]): Promise<void> {
    await this.#options.files?.record.append(events);
  }

  async #fail(error: unknown): Promise<void> {
    if (this.#failed) return;
    this.#failed = true;
    const problem = this.#options.onFailure(error);
    const incomplete = { type: "incomplete", at: this.#options.now(), offset: this.#outputBytes, problem } as const;
    // Where the disk does not take this line either, the record keeps it and tries again.
    await this.#append(incomplete).catch(() => undefined);
  }
}
