import type { Happening, IncidentEntry } from "../incident/entry.ts";
import { readEntries, readEntry } from "../incident/readEntry.ts";
import { LineFile } from "./lineFile.ts";
import { redactDeep } from "./redactDeep.ts";

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
  readonly #file: LineFile;
  readonly #entries: IncidentEntry[];

  private constructor(options: IncidentFileOptions, file: LineFile, entries: IncidentEntry[]) {
    this.path = options.path;
    this.#options = options;
    this.#file = file;
    this.#entries = entries;
  }

  /**
   * Opens a file, made where it is not there (0600, its folder 0700). A last line that was cut off is left out.
   * @throws what the file system raises
   */
  static async open(options: IncidentFileOptions): Promise<IncidentFile> {
    const { file, text } = await LineFile.open(options.path);
    return new IncidentFile(options, file, readEntries(text));
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
    const line = JSON.stringify(redactDeep({ ...happening, at, by: this.#options.by }));
    const entry = readEntry(line);
    if (!entry) throw new Error(`This is no entry of an incident: ${line}`);
    this.#entries.push(entry);
    return this.#file.add(line);
  }

  close(): Promise<void> {
    return this.#file.close();
  }
}
