import { createHash } from "node:crypto";
import { chmodSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/**
 * The folder of a bed for what another user must reach: PostgreSQL and the programs run in pods do not run as root, and
 * a home may be closed to them. Not TMPDIR, which may be as private and differs between those who ask.
 */
export function sharedFolder(stateDir: string): string {
  const key = createHash("sha256").update(stateDir).digest("hex").slice(0, 16);
  return join("/tmp", `podbook-bed-${process.getuid?.() ?? 0}-${key}`);
}

/** The folder that must come first on the simulated kubelet's PATH: it looks there for what exec runs. */
export function programsFolder(stateDir: string): string {
  return join(sharedFolder(stateDir), "programs");
}

/** Writes what exec finds instead of the machine's own programs. `postgres` is the folder of PostgreSQL's. */
export function writePrograms(stateDir: string, postgres: string): void {
  const folder = programsFolder(stateDir);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  // A client that may have no child cannot start a shell, whatever it reads; its shell escapes fail.
  const alone = (program: string) => `exec prlimit --nproc=0:0 "${join(postgres, program)}" "$@"`;
  const programs = {
    psql: alone("psql"),
    pg_isready: alone("pg_isready"),
    hostname: 'echo "$HOSTNAME"',
  };
  for (const [name, body] of Object.entries(programs)) {
    writeFileSync(join(folder, name), `#!/bin/sh\n${body}\n`, { mode: 0o755 });
  }
  chmodSync(folder, 0o755);
}
