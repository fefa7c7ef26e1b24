import { chmodSync, chownSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { WantedPackage } from "../debian.ts";
import { run } from "../run.ts";
import { sharedFolder, writePrograms } from "./programs.ts";

/** PostgreSQL as the bed needs it; give it to ensureDebianPackages with the others, so that apt-get runs once. */
export const postgresPackage: WantedPackage = { package: "postgresql", present: () => programFolder() !== undefined };

/** The user PostgreSQL runs as: it refuses to be root. Undefined where we are not root: then it runs as us. */
export interface DatabaseUser {
  readonly uid: number;
  readonly gid: number;
}

/** Where PostgreSQL's programs and the bed's database are. */
export interface PostgresFiles {
  readonly programs: string;
  /** The bed's folder that other users reach; the data is in it. */
  readonly folder: string;
  /** An empty folder below it that nobody else writes to: where commands run by exec stand. */
  readonly emptyFolder: string;
  readonly user: DatabaseUser | undefined;
}

/** Finds PostgreSQL, whose package is installed, and makes the folders of this bed. */
export function preparePostgres(stateDir: string): PostgresFiles {
  const programs = programFolder();
  if (!programs) throw new Error("PostgreSQL was found a moment ago and is gone: run this again.");
  const folder = sharedFolder(stateDir);
  const user = process.getuid?.() === 0 ? databaseUser() : undefined;
  const emptyFolder = join(folder, "empty");
  mkdirSync(emptyFolder, { recursive: true });
  // Only its owner may make or replace anything here; others pass through.
  chmodSync(folder, 0o755);
  chmodSync(emptyFolder, 0o555);
  writePrograms(stateDir, programs);
  return { programs, folder, emptyFolder, user };
}

/**
 * The data folder of one volume, made and initialised when it is new. Data of other volumes is removed: its claim is
 * gone, and with it what it held.
 */
export async function dataFolder(files: PostgresFiles, volume: string): Promise<{ path: string; isNew: boolean }> {
  const path = join(files.folder, `data-${volume}`);
  for (const entry of readdirSync(files.folder)) {
    if (entry.startsWith("data-") && entry !== `data-${volume}`) {
      rmSync(join(files.folder, entry), { recursive: true, force: true });
    }
  }
  if (existsSync(join(path, "podbook-filled"))) return { path, isNew: false };
  // What an interrupted first start left behind is not a database.
  rmSync(path, { recursive: true, force: true });
  mkdirSync(path, { mode: 0o700 });
  if (files.user) chownSync(path, files.user.uid, files.user.gid);
  const settings = ["--username=postgres", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"];
  const [command, ...args] = asDatabaseUser(files, [join(files.programs, "initdb"), "-D", path, ...settings]);
  await run(command, args, { cwd: files.emptyFolder });
  return { path, isNew: true };
}

/**
 * A command line that runs as the database's user and, where the system can, ends when its starter ends: a database
 * must not outlive the agent even if that is killed.
 */
export function asDatabaseUser(files: PostgresFiles, command: readonly string[]): [string, ...string[]] {
  const { user } = files;
  const identity = user ? [`--reuid=${user.uid}`, `--regid=${user.gid}`, "--clear-groups"] : [];
  return ["setpriv", ...identity, "--pdeathsig=INT", "--", ...command];
}

function databaseUser(): DatabaseUser {
  const entry = readFileSync("/etc/passwd", "utf8")
    .split("\n")
    .map((line) => line.split(":"))
    .find(([name]) => name === "postgres");
  if (!entry) throw new Error("The user postgres is missing: run apt-get install --reinstall postgresql-common.");
  return { uid: Number(entry[2]), gid: Number(entry[3]) };
}

/** Debian keeps the server's programs out of PATH, in a folder for each major version; the newest is taken. */
function programFolder(): string | undefined {
  const versions = "/usr/lib/postgresql";
  if (!existsSync(versions)) return undefined;
  return readdirSync(versions)
    .sort((one, other) => Number(other) - Number(one))
    .map((version) => join(versions, version, "bin"))
    .find((folder) => existsSync(join(folder, "initdb")) && existsSync(join(folder, "postgres")));
}
