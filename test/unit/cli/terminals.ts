import { EventEmitter } from "node:events";
import { closeSync, copyFileSync, mkdtempSync, openSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { fileURLToPath } from "node:url";
import { main } from "../../../src/cli/main.ts";

/** What a run of the CLI gave. */
export interface Ran {
  readonly status: number;
  readonly out: string;
  readonly complaints: string;
  /** What blocks printed. */
  readonly output: Buffer;
  /** What they printed as errors, and what was said of them. */
  readonly errors: Buffer;
}

/** The root of this checkout. */
export const checkout = fileURLToPath(new URL("../../../", import.meta.url));

/** A new folder with the shell parser's files, as the build makes one. The caller removes it. */
export function makeWasmFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "podbook-cli-"));
  const require = createRequire(import.meta.url);
  for (const name of ["web-tree-sitter", "tree-sitter-bash"]) {
    copyFileSync(require.resolve(`${name}/${name}.wasm`), join(folder, `${name}.wasm`));
  }
  return folder;
}

/** Removes a folder with all that is in it. */
export function removeFolder(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
}

/** Runs the CLI in this process, with no kubeconfig and a home in the given folder. What blocks print goes into files. */
export async function podbook(
  args: readonly string[],
  { wasmFolder, directory = checkout, stdin = "" }: { wasmFolder: string; directory?: string; stdin?: string },
): Promise<Ran> {
  let out = "";
  let complaints = "";
  const own = mkdtempSync(join(wasmFolder, "ran-"));
  const files = ["output", "errors"].map((name) => join(own, name)) as [string, string];
  const [outputFd, errorsFd] = files.map((file) => openSync(file, "w")) as [number, number];
  const status = await main(args, {
    wasmFolder,
    directory,
    stdin: Readable.from([stdin]),
    write: (text) => {
      out += text;
    },
    complain: (text) => {
      complaints += text;
    },
    interactive: false,
    outputFd,
    errorsFd,
    environment: { PATH: process.env["PATH"], HOME: own },
    home: own,
    signals: new EventEmitter(),
    die: (signal) => {
      throw new Error(`Nothing here ends by ${signal}.`);
    },
  });
  for (const fd of [outputFd, errorsFd]) closeSync(fd);
  return { status, out, complaints, output: readFileSync(files[0]), errors: readFileSync(files[1]) };
}
