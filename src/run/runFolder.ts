import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type OutputPipe, openOutputPipe } from "./outputPipe.ts";

/** What the private files of a run hold; null for those it does not need. */
export interface RunFiles {
  readonly script: string;
  readonly kubeconfig: string | null;
  /** Read by bash before the script. */
  readonly prelude: string | null;
}

/** What goes into the folder of a run. */
export interface RunContents extends Omit<RunFiles, "prelude"> {
  /** Given the path of the output pipe. */
  readonly prelude: (outputPath: string) => string | null;
}

/** The paths of the private files of one run: readable by this user alone, removed when the run has ended. */
export interface RunFolder extends RunFiles {
  readonly output: OutputPipe;
  remove(): Promise<void>;
}

/** Writes the files of a run into a folder of their own (0700, files 0600). */
export async function createRunFolder(files: RunContents): Promise<RunFolder> {
  const folder = await mkdtemp(join(tmpdir(), "podbook-run-"));
  let output: OutputPipe | undefined;
  const remove = () => {
    output?.close();
    return rm(folder, { recursive: true, force: true });
  };
  const write = async (name: string, content: string) => {
    const path = join(folder, name);
    await writeFile(path, content, { mode: 0o600, flag: "wx" });
    return path;
  };
  try {
    output = await openOutputPipe(folder);
    const prelude = files.prelude(output.path);
    return {
      output,
      script: await write("block.sh", files.script),
      kubeconfig: files.kubeconfig === null ? null : await write("kubeconfig", files.kubeconfig),
      prelude: prelude === null ? null : await write("prelude.sh", prelude),
      remove,
    };
  } catch (error) {
    await remove();
    throw error;
  }
}
