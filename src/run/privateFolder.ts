import { rmSync } from "node:fs";
import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A folder that only this user can read. */
export interface PrivateFolder {
  /** Where a file is that was written into it. */
  readonly path: (name: string) => string;
  /** Removes it with all that is in it, at once: also where nothing can be waited for any more. */
  remove(): void;
}

/** Makes a folder (0700) with these files (0600). */
export async function createPrivateFolder(files: Readonly<Record<string, string>>): Promise<PrivateFolder> {
  const folder = await mkdtemp(join(tmpdir(), "podbook-terminal-"));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  const path = (name: string) => join(folder, name);
  try {
    for (const [name, text] of Object.entries(files)) await writeFile(path(name), text, { mode: 0o600, flag: "wx" });
    return { path, remove };
  } catch (error) {
    remove();
    throw error;
  }
}
