import { accessSync, constants } from "node:fs";
import { delimiter, isAbsolute, join } from "node:path";

/** The absolute path of the first of these programs that PATH has, undefined when it has none of them. */
export function findProgram(names: readonly string[], path = process.env["PATH"] ?? ""): string | undefined {
  for (const name of names) {
    for (const folder of path.split(delimiter).filter(isAbsolute)) {
      const file = join(folder, name);
      if (isExecutable(file)) return file;
    }
  }
  return undefined;
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
