import { readFile } from "node:fs/promises";
import type { EntryOf } from "../incident/entry.ts";
import { readEntry } from "../incident/readEntry.ts";
import type { MeasuredRecovery } from "../recovery/measuredRecovery.ts";
import { LineFile } from "./lineFile.ts";
import { redactDeep } from "./redactDeep.ts";

/** A recovery with the runbook whose scenario was gone through. */
export type KeptRecovery = EntryOf<"recovery"> & {
  /** URI. */
  readonly runbook: string;
};

/** What recoveries are kept with. */
export interface RecoveriesOptions {
  /** Absolute path of their file, which all windows share. */
  readonly path: string;
  /** Who writes. */
  readonly by: string;
}

/** The recoveries that the clocks of scenarios have measured, as lines of a file. */
export class Recoveries {
  readonly #options: RecoveriesOptions;

  constructor(options: RecoveriesOptions) {
    this.#options = options;
  }

  /**
   * Writes a recovery down. Resolves when it is on the disk.
   * @throws what the file system raises
   */
  async add(runbook: string, measured: MeasuredRecovery): Promise<void> {
    const { path, by } = this.#options;
    const { file } = await LineFile.open(path);
    try {
      const line = { type: "recovery", ...measured, runbook, at: measured.endedAt, by };
      await file.add(JSON.stringify(redactDeep(line)));
    } finally {
      await file.close();
    }
  }

  /**
   * All of them, the newest last; none where nothing was ever measured. Lines that are none are left out.
   * @throws what the file system raises
   */
  async read(): Promise<KeptRecovery[]> {
    const text = await readFile(this.#options.path, "utf8").catch((error: NodeJS.ErrnoException) => {
      if (error.code === "ENOENT") return "";
      throw error;
    });
    return text.split("\n").flatMap((line) => {
      const entry = readEntry(line);
      return isKept(entry) ? [entry] : [];
    });
  }
}

function isKept(entry: object | null): entry is KeptRecovery {
  const { type, runbook } = (entry ?? {}) as { readonly type?: unknown; readonly runbook?: unknown };
  return type === "recovery" && typeof runbook === "string";
}
