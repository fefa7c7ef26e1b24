import { randomBytes } from "node:crypto";
import { type FileHandle, mkdir, open, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { FileEntry } from "./fileEntry.ts";
import { journalProblem } from "./journalProblem.ts";
import type { ProcessIdentity } from "./processIdentity.ts";
import { RecordFile } from "./recordFile.ts";
import { outputName, readRun, recordName, runIds } from "./recordReader.ts";
import type { RunEntry, RunJournal, RunRecord, RunStart } from "./runRecord.ts";

/** What a journal needs from its surroundings. */
export interface FileJournalOptions {
  /** Absolute path; it is made when the first run begins. */
  readonly folder: string;
  /** This process: while it lives, no other window takes its runs for interrupted. */
  readonly owner: ProcessIdentity;
  /** In ms since the epoch. */
  readonly now: () => number;
  /** Told once for each run that cannot be written down, with what to do. The run itself goes on. */
  readonly onProblem: (message: string) => void;
}

/** A folder that is being made has this before its name. */
export const unfinishedPrefix = ".new-";

const readAtOnce = 16;

/** The journal in a folder: one folder for each run (0700, files 0600), with its record and its raw output. */
export class FileJournal implements RunJournal {
  readonly #options: FileJournalOptions;
  /** Entries that could not be written; their last lines are tried again when the next run begins. */
  readonly #failed = new Set<FileEntry>();

  constructor(options: FileJournalOptions) {
    this.#options = options;
  }

  async begin(start: Omit<RunStart, "type" | "id">): Promise<RunEntry> {
    for (const failed of this.#failed) {
      if (await failed.finish()) this.#failed.delete(failed);
    }
    const id = `${new Date(start.at).toISOString().replaceAll(/[-:.]/g, "")}-${randomBytes(4).toString("hex")}`;
    const files = await this.#makeFiles({ type: "start", id, ...start }).catch((error: unknown) => {
      this.#tell(error);
      return null;
    });
    const onFailure = (error: unknown) => {
      this.#failed.add(entry);
      return this.#tell(error);
    };
    const entry = new FileEntry({ id, files, now: this.#options.now, onFailure });
    return entry;
  }

  async list(): Promise<RunRecord[]> {
    const ids = (await runIds(this.#options.folder)).reverse();
    const records: RunRecord[] = [];
    for (let at = 0; at < ids.length; at += readAtOnce) {
      const read = await Promise.all(ids.slice(at, at + readAtOnce).map((id) => this.read(id)));
      records.push(...read.filter((record) => record !== undefined));
    }
    return records;
  }

  async read(id: string): Promise<RunRecord | undefined> {
    return (await readRun(this.#options.folder, id))?.record;
  }

  outputFile(id: string): string {
    return join(this.#options.folder, id, outputName);
  }

  /** The folder gets its name only when the record is whole, so that a run is there whole or not at all. */
  async #makeFiles(start: RunStart): Promise<{ record: RecordFile; output: FileHandle }> {
    const { folder, owner } = this.#options;
    const unfinished = join(folder, unfinishedPrefix + start.id);
    const opened: FileHandle[] = [];
    const create = async (name: string) => {
      const file = await open(join(unfinished, name), "ax", 0o600);
      opened.push(file);
      return file;
    };
    try {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      await mkdir(unfinished, { mode: 0o700 });
      const record = new RecordFile(await create(recordName));
      await record.append([start, { type: "owned", owner }]);
      const output = await create(outputName);
      await rename(unfinished, join(folder, start.id));
      return { record, output };
    } catch (error) {
      // What is left here is removed with old runs; what the person needs to know is the first error.
      await Promise.allSettled([
        ...opened.map((file) => file.close()),
        rm(unfinished, { recursive: true, force: true }),
      ]);
      throw error;
    }
  }

  #tell(error: unknown): string {
    const problem = journalProblem(error, this.#options.folder);
    this.#options.onProblem(problem);
    return problem;
  }
}
