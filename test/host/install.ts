import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
} from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { ensureDebianPackages, type WantedPackage } from "../bed/debian.ts";
import { withLock } from "../bed/lock.ts";
import { cacheDir } from "../bed/state.ts";
import { findProgram } from "../run/programs.ts";

/** Raised when the VS Code server's packages could not be installed; the message holds the end of npm's output. */
export class ServerInstallError extends Error {
  readonly reason = "npm-failed";
  constructor(folder: string, code: number | null, tail: string) {
    super(`npm ci in ${folder} ended with ${code}. Try again. Its last words:\n${tail}`);
    this.name = "ServerInstallError";
  }
}

const manifests = join(import.meta.dirname, "vscode-server");
/** What the native modules of the VS Code server are compiled with. */
export const compilerPackages: readonly WantedPackage[] = [
  { package: "libkrb5-dev", present: () => existsSync("/usr/include/gssapi/gssapi.h") },
  { package: "g++", present: () => findProgram(["g++", "c++"]) !== undefined },
  { package: "make", present: () => findProgram(["make"]) !== undefined },
  { package: "python3", present: () => findProgram(["python3"]) !== undefined },
];

/**
 * Installs the npm-packaged VS Code server of the lock file beside this module into the cache folder, once per lock
 * file, and resolves with the folder that holds `out/server-main.js`. An interrupted install is done again by the next
 * call; of two at once the second waits for the first. Raises ServerInstallError, MissingPackagesError.
 */
export async function installVscodeServer(log: (line: string) => void): Promise<string> {
  const versions = join(cacheDir(), "vscode-server");
  const folder = join(versions, lockHash());
  const vscode = join(folder, "node_modules", "code-server", "lib", "vscode");
  if (existsSync(folder)) return vscode;
  await withLock(
    versions,
    () => log("» Another process installs the VS Code server: waiting for it"),
    async () => {
      if (existsSync(folder)) return;
      await ensureDebianPackages(compilerPackages, log);
      log("» Installing VS Code's server from npm (usually 2 to 3 minutes, once)");
      await installInto(versions, folder);
    },
  );
  return vscode;
}

/** Installs beside the folder and moves it into place when it is whole. */
async function installInto(versions: string, folder: string): Promise<void> {
  mkdirSync(versions, { recursive: true });
  for (const entry of readdirSync(versions)) {
    // The lock is ours, so this is what an interrupted install left.
    if (entry.includes(".part-")) rmSync(join(versions, entry), { recursive: true, force: true, maxRetries: 5 });
  }
  const part = mkdtempSync(`${folder}.part-`);
  for (const name of ["package.json", "package-lock.json"]) copyFileSync(join(manifests, name), join(part, name));
  await npmCi(part);
  renameSync(part, folder);
}

function lockHash(): string {
  const lock = readFileSync(join(manifests, "package-lock.json"));
  return createHash("sha256").update(lock).digest("hex").slice(0, 16);
}

/** Runs on this process's Node, whose headers come from a package of the same version: no header download. */
function npmCi(folder: string): Promise<void> {
  const headers = join(folder, "node_modules", `node-${process.platform}-${process.arch}`);
  return new Promise((resolve, reject) => {
    const child = spawn("npm", ["ci", "--no-audit", "--no-fund", "--loglevel=error", "--foreground-scripts"], {
      cwd: folder,
      stdio: ["ignore", "pipe", "pipe"],
      env: {
        ...process.env,
        PATH: `${dirname(process.execPath)}${delimiter}${process.env["PATH"] ?? ""}`,
        npm_config_nodedir: headers,
        // An outer npm says here which Node it runs on; code-server's own check would take that for this one's.
        npm_config_user_agent: undefined,
      },
    });
    let tail = "";
    const keep = (chunk: Buffer) => {
      tail = (tail + chunk.toString()).slice(-3000);
    };
    child.stdout.on("data", keep);
    child.stderr.on("data", keep);
    child.on("error", reject);
    child.on("close", (code) => (code === 0 ? resolve() : reject(new ServerInstallError(folder, code, tail))));
  });
}
