import { constants } from "node:fs";
import { type FileHandle, mkdir, open, readFile } from "node:fs/promises";
import { dirname } from "node:path";
import { type Happening, type IncidentEntry, readEntry } from "../incident/entry.ts";
import { redactText } from "./redaction.ts";

/** What an incident's file is written with. */
export interface IncidentFileOptions {
  /** Absolute path. */
  readonly path: string;
  /** Who writes. */
  readonly by: string;
  /** In ms since the epoch. */
  readonly now: () => number;
}

/**
 * The file of an incident: one entry a line, only ever added to, each on the disk before `add` resolves. What looks like a
 * secret in it is masked.
 */
export class IncidentFile {
  readonly path: string;
  readonly #options: IncidentFileOptions;
  readonly #handle: FileHandle;
  readonly #entries: IncidentEntry[];
  #queue: Promise<void> = Promise.resolve();

  private constructor(options: IncidentFileOptions, handle: FileHandle, entries: IncidentEntry[]) {
    this.path = options.path;
    this.#options = options;
    this.#handle = handle;
    this.#entries = entries;
  }

  /**
   * Opens a file, made where it is not there (0600, its folder 0700). A last line that was cut off is left out.
   * @throws what the file system raises
   */
  static async open(options: IncidentFileOptions): Promise<IncidentFile> {
    await mkdir(dirname(options.path), { recursive: true, mode: 0o700 });
    const handle = await open(options.path, constants.O_RDWR | constants.O_CREAT | constants.O_APPEND, 0o600);
    const text = await readFile(options.path, "utf8");
    // The next entry must not continue what was cut off.
    if (text !== "" && !text.endsWith("\n")) await handle.appendFile("\n");
    return new IncidentFile(options, handle, readEntries(text));
  }

  /** In the order in which they were written. */
  get entries(): readonly IncidentEntry[] {
    return this.#entries;
  }

  /**
   * Writes an entry down; `at` (ms since the epoch) is now where it is not given.
   * @throws what the file system raises; the entry is among the others all the same
   */
  add(happening: Happening, at = this.#options.now()): Promise<void> {
    const line = redactText(JSON.stringify({ ...happening, at, by: this.#options.by }), []);
    const entry = readEntry(line);
    if (!entry) throw new Error(`This is no entry of an incident: ${line}`);
    this.#entries.push(entry);
    const written = this.#queue.then(async () => {
      await this.#handle.appendFile(`${line}\n`);
      await this.#handle.datasync();
    });
    this.#queue = written.catch(() => {});
    return written;
  }

  async close(): Promise<void> {
    await this.#queue;
    await this.#handle.close();
  }
}

/** The entries of a file's text; lines that are none are left out. */
export function readEntries(text: string): IncidentEntry[] {
  return text.split("\n").flatMap((line) => readEntry(line) ?? []);
}
