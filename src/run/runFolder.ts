import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** What the private files of a run hold; null for those it does not need. */
export interface RunFiles {
  readonly script: string;
  readonly kubeconfig: string | null;
  /** Read by bash before the script. */
  readonly prelude: string | null;
}

/** The paths of the private files of one run: readable by this user alone, removed when the run has ended. */
export interface RunFolder extends RunFiles {
  remove(): Promise<void>;
}

/** Writes the files of a run into a folder of their own (0700, files 0600). */
export async function createRunFolder(files: RunFiles): Promise<RunFolder> {
  const folder = await mkdtemp(join(tmpdir(), "podbook-run-"));
  const remove = () => rm(folder, { recursive: true, force: true });
  const write = async (name: string, content: string) => {
    const path = join(folder, name);
    await writeFile(path, content, { mode: 0o600, flag: "wx" });
    return path;
  };
  try {
    return {
      script: await write("block.sh", files.script),
      kubeconfig: files.kubeconfig === null ? null : await write("kubeconfig", files.kubeconfig),
      prelude: files.prelude === null ? null : await write("prelude.sh", files.prelude),
      remove,
    };
  } catch (error) {
    await remove();
    throw error;
  }
}
