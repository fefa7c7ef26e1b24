import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
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
  /** Given the path of the output pipe, and of the file for the session. */
  readonly prelude: (outputPath: string, sessionPath: string) => string | null;
  /** Whether standard error has a pipe of its own. */
  readonly separateErrors: boolean;
  /** Told the folder's path while it is still empty. */
  readonly onMade: (path: string) => Promise<void> | void;
}

/** The paths of the private files of one run: readable by this user alone, removed when the run has ended. */
export interface RunFolder extends RunFiles {
  readonly path: string;
  readonly output: OutputPipe;
  /** Null where standard error goes into the output. */
  readonly errors: OutputPipe | null;
  /** What the script's shell left of its session; undefined where it left nothing. */
  readSession(): Promise<Buffer | undefined>;
  remove(): Promise<void>;
}

/** Writes the files of a run into a folder of their own (0700, files 0600). */
export async function createRunFolder(files: RunContents): Promise<RunFolder> {
  const path = await mkdtemp(join(tmpdir(), "podbook-run-"));
  const pipes: OutputPipe[] = [];
  const openPipe = async (name: string) => {
    const pipe = await openOutputPipe(join(path, name));
    pipes.push(pipe);
    return pipe;
  };
  const remove = () => {
    for (const pipe of pipes) pipe.close();
    return rm(path, { recursive: true, force: true });
  };
  const write = async (name: string, content: string) => {
    const file = join(path, name);
    await writeFile(file, content, { mode: 0o600, flag: "wx" });
    return file;
  };
  try {
    await files.onMade(path);
    const output = await openPipe("output");
    const errors = files.separateErrors ? await openPipe("errors") : null;
    const session = join(path, "session");
    const prelude = files.prelude(output.path, session);
    return {
      path,
      output,
      errors,
      script: await write("block.sh", files.script),
      kubeconfig: files.kubeconfig === null ? null : await write("kubeconfig", files.kubeconfig),
      prelude: prelude === null ? null : await write("prelude.sh", prelude),
      readSession: () => readFile(session).catch(undefinedIfMissing),
      remove,
    };
  } catch (error) {
    await remove();
    throw error;
  }
}

function undefinedIfMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code !== "ENOENT") throw error;
  return undefined;
}
