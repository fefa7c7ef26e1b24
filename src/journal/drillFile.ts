import { readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import type { FailureKind } from "../drill/failure.ts";
import type { DrillChanges } from "../drill/restoring.ts";
import type { WorkloadState } from "../drill/workloadState.ts";
import type { Target } from "../plan/plan.ts";
import { LineFile } from "./lineFile.ts";
import { ownIdentity, type Presence, type ProcessIdentity, presenceOf } from "./processIdentity.ts";

/** What is noted of a drill before it breaks anything. */
export interface DrillBeginning {
  /** Title of the scenario. */
  readonly scenario: string;
  /** URI of the runbook. */
  readonly runbook: string;
  readonly target: Target;
  /** URL of the API server: the name of the context may come to mean another cluster. */
  readonly server: string;
  readonly failure: FailureKind;
  /** Name of the workload that is broken. */
  readonly workload: string;
  readonly before: readonly WorkloadState[];
  /** In ms since the epoch. */
  readonly at: number;
}

type DrillLine =
  | ({ readonly type: "began" } & DrillBeginning)
  | { readonly type: "owned"; readonly owner: ProcessIdentity }
  /** Something is about to change these workloads. */
  | { readonly type: "changing"; readonly workloads: readonly string[] }
  | { readonly type: "left"; readonly states: readonly WorkloadState[] };

/** What a drill's file tells. */
export interface KeptDrill {
  /** Absolute path of its file. */
  readonly path: string;
  readonly beginning: DrillBeginning;
  readonly changes: DrillChanges;
  /** Whether it is known how the injection has left its workload. */
  readonly injected: boolean;
  /** Who runs or restores it. */
  readonly owner: ProcessIdentity | null;
}

/**
 * The file of one drill: each line on the disk before what it tells of is done. It is there as long as something may have to
 * be put back.
 */
export class DrillFile {
  readonly path: string;
  readonly #file: LineFile;

  private constructor(path: string, file: LineFile) {
    this.path = path;
    this.#file = file;
  }

  /**
   * Begins the file of a drill in a folder, which is made where it is not there.
   * @throws what the file system raises
   */
  static async begin(folder: string, id: string, beginning: DrillBeginning): Promise<DrillFile> {
    const drill = await DrillFile.take(join(folder, `${id}.jsonl`));
    await drill.#add({ type: "began", ...beginning });
    return drill;
  }

  /**
   * Opens a file, and makes this process the owner of its drill.
   * @throws what the file system raises
   */
  static async take(path: string): Promise<DrillFile> {
    const { file } = await LineFile.open(path);
    const drill = new DrillFile(path, file);
    await drill.#add({ type: "owned", owner: await ownIdentity() });
    return drill;
  }

  /** These workloads are about to be changed; resolves when that is on the disk. */
  changing(workloads: readonly string[]): Promise<void> {
    return this.#add({ type: "changing", workloads });
  }

  /** The drill has left the workloads like this; resolves when that is on the disk. */
  left(states: readonly WorkloadState[]): Promise<void> {
    return this.#add({ type: "left", states });
  }

  close(): Promise<void> {
    return this.#file.close();
  }

  /** All was put back, or the person takes care of the rest: the file is removed. */
  async end(): Promise<void> {
    await this.close();
    await rm(this.path, { force: true });
  }

  #add(line: DrillLine): Promise<void> {
    return this.#file.add(JSON.stringify(line));
  }
}

/**
 * The drills that were not put back, the oldest first; none where the folder is not there. Lines that were cut off are left out.
 * @throws what the file system raises
 */
export async function keptDrills(folder: string): Promise<KeptDrill[]> {
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return [];
    throw error;
  });
  const paths = names.filter((name) => name.endsWith(".jsonl")).map((name) => join(folder, name));
  const read = await Promise.all(paths.map(readDrill));
  return read.flatMap((one) => one ?? []).sort((one, other) => one.beginning.at - other.beginning.at);
}

/** Reads the file of a drill; null where nothing was noted yet, so that nothing was broken, or it was put back meanwhile. */
export async function readDrill(path: string): Promise<KeptDrill | null> {
  const text = await readFile(path, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return "";
    throw error;
  });
  const lines = text.split("\n").flatMap(readLine);
  const began = lines.find((line) => line.type === "began");
  if (!began) return null;
  const lefts = lines.filter((line) => line.type === "left");
  const lastLeft = lines.findLastIndex((line) => line.type === "left");
  const unsure = lines.slice(lastLeft + 1).flatMap((line) => (line.type === "changing" ? line.workloads : []));
  return {
    path,
    beginning: began,
    changes: { before: began.before, left: lefts.at(-1)?.states ?? began.before, unsure: [...new Set(unsure)] },
    injected: lefts.length > 0,
    owner: lines.findLast((line) => line.type === "owned")?.owner ?? null,
  };
}

/** Whether who runs or restores a drill still works. */
export function ownerPresence({ owner }: KeptDrill): Promise<Presence> {
  return owner ? presenceOf(owner) : Promise.resolve("gone");
}

function readLine(line: string): DrillLine[] {
  if (line === "") return [];
  try {
    return [JSON.parse(line) as DrillLine];
  } catch (error) {
    if (error instanceof SyntaxError) return [];
    throw error;
  }
}
