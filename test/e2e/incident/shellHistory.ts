import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A kubectl that notes how it was called and then is kubectl: the history of what really ran, independent of Podbook. */
export class ShellHistory {
  /** To be put in front of the PATH. */
  readonly folder = mkdtempSync(join(tmpdir(), "podbook-history-"));
  readonly #file = join(this.folder, "history");

  constructor(kubectl: string) {
    const script = `#!/usr/bin/env bash
{ printf '%s' "$EPOCHREALTIME"; printf '\\t%s' "$@"; printf '\\n'; } >>'${this.#file}'
exec '${kubectl}' "$@"
`;
    writeFileSync(join(this.folder, "kubectl"), script);
    chmodSync(join(this.folder, "kubectl"), 0o755);
  }

  /** The calls since a time (ms since the epoch), with their arguments, in order. */
  since(at: number): string[][] {
    if (!existsSync(this.#file)) return [];
    const lines = readFileSync(this.#file, "utf8").trim().split("\n");
    return lines.flatMap((line) => {
      const [time = "", ...args] = line.split("\t");
      return Number(time.replace(",", ".")) * 1000 >= at ? [args] : [];
    });
  }

  remove(): void {
    rmSync(this.folder, { recursive: true });
  }
}
