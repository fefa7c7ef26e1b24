import type { FileHandle } from "node:fs/promises";
import type { RunEvent } from "./runRecord.ts";

/**
 * Writes all bytes at the end of a file, and tells after each write how many more are there. They have reached the
 * kernel when it settles, so that they outlive this process; they are not synced to the disk, because what ends an
 * extension host is a crash or a kill -9 and not the loss of power, and syncing would cost most of the speed.
 * Raises what the system says.
 */
export async function appendBytes(file: FileHandle, bytes: Uint8Array, onWritten: (count: number) => void) {
  for (let at = 0; at < bytes.length; ) {
    const { bytesWritten } = await file.write(bytes, at, bytes.length - at);
    at += bytesWritten;
    onWritten(bytesWritten);
  }
}

/** The lines of a record, each appended by one write. Lines that could not be written are kept, and tried again. */
export class RecordFile {
  readonly #file: FileHandle;
  readonly #unwritten: string[] = [];
  /** Whether the file ends in half a line. */
  #torn = false;

  constructor(file: FileHandle) {
    this.#file = file;
  }

  /** Whether every line is in the file. */
  get isWhole(): boolean {
    return this.#unwritten.length === 0;
  }

  /** Appends events, after those that could not be written before. Raises what the system says. */
  async append(events: readonly RunEvent[]): Promise<void> {
    this.#unwritten.push(...events.map((event) => `${JSON.stringify(event)}\n`));
    for (let line = this.#unwritten[0]; line !== undefined; line = this.#unwritten[0]) {
      // Behind half a line, a line of its own: the reader leaves out the half one alone.
      const bytes = Buffer.from(this.#torn ? `\n${line}` : line);
      let written = 0;
      try {
        await appendBytes(this.#file, bytes, (count) => {
          written += count;
        });
      } catch (error) {
        this.#torn ||= written > 0;
        throw error;
      }
      this.#torn = false;
      this.#unwritten.shift();
    }
  }

  /** Closes the file unless lines of it still wait to be written. Raises what the system says. */
  async closeWhole(): Promise<void> {
    if (this.isWhole) await this.#file.close();
  }
}
