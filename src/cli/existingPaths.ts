import { stat } from "node:fs/promises";
import { dirname, join } from "node:path";

/** Those of the paths where something is. */
export async function existingPaths(paths: readonly string[]): Promise<Set<string>> {
  const found = new Set<string>();
  for (const path of new Set(paths)) if (await exists(path)) found.add(path);
  return found;
}

/** The folder of the Git work tree that a folder stands in, where links that begin with `/` start; null outside of one. */
export async function workTree(folder: string): Promise<string | null> {
  for (let at = folder; ; at = dirname(at)) {
    if (await exists(join(at, ".git"))) return at.replaceAll("\\", "/");
    if (dirname(at) === at) return null;
  }
}

async function exists(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch {
    // A path that cannot be looked at (no such file, a name that is too long, a zero byte) leads nowhere for the reader.
    return false;
  }
}
