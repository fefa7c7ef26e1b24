import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { BedError } from "./errors.ts";
import { type GoModule, goModules } from "./go/modules.ts";
import { withLock } from "./lock.ts";
import { bedProcesses, endProcesses, processMark } from "./processes.ts";
import { run } from "./run.ts";
import { cacheDir } from "./state.ts";

/** The compiled programs: absolute path by name, such as `kubectl` or `etcd`. */
export type Binaries = (program: string) => string;

const sources = join(import.meta.dirname, "go");
const progressMs = 20_000;

/**
 * Compiles what the bed runs, once per machine and set of versions, and says where it lies. An interrupted build leaves
 * nothing that a later one would take for whole; two at once wait for each other. Raises BedError `go-missing`,
 * `build-failed`.
 */
export async function buildBinaries(log: (line: string) => void): Promise<Binaries> {
  const folders = new Map(goModules.map((module) => [module, binaryDir(module)]));
  const missing = goModules.filter((module) => !isBuilt(module));
  if (missing.length > 0) {
    const lock = join(cacheDir(), "bin");
    await withLock(
      lock,
      () => log("» Waiting for another build of the same programs"),
      async () => {
        // Whoever held the lock before may have built them.
        const still = missing.filter((module) => !isBuilt(module));
        if (still.length === 0) return;
        // Compilers of a build that was killed.
        await endProcesses(bedProcesses(lock), 0);
        await requireGo(still);
        for (const module of still) await buildModule(module, binaryDir(module), log);
      },
    );
  }
  return (program) => {
    for (const [module, folder] of folders) {
      if (module.programs.some(({ name }) => name === program)) return join(folder, program);
    }
    throw new BedError("build-failed", `No module of test/bed/go builds "${program}": add it to modules.ts.`);
  };
}

function isBuilt(module: GoModule): boolean {
  return existsSync(binaryDir(module));
}

/** The module's folder in the cache, named by all that decides what is in it. */
function binaryDir(module: GoModule): string {
  const { name, programs, linkValues } = module;
  const hash = createHash("sha256").update(JSON.stringify([programs, linkValues, process.platform, process.arch]));
  for (const file of ["go.mod", "go.sum"]) hash.update(readFileSync(join(sources, name, file)));
  return join(cacheDir(), "bin", `${name}-${hash.digest("hex").slice(0, 16)}`);
}

async function requireGo(modules: readonly GoModule[]): Promise<void> {
  const folders = modules.map(({ name }) => join(sources, name));
  const newest = folders
    .map((folder) => /^go (\S+)/m.exec(readFileSync(join(folder, "go.mod"), "utf8"))?.[1] ?? "")
    .reduce((one, other) => (one.localeCompare(other, "en", { numeric: true }) < 0 ? other : one));
  for (const cwd of folders) {
    try {
      // Run in the module's folder, Go 1.21 and later fetch the release the module asks for when they are older.
      await run("go", ["env", "GOVERSION"], { cwd });
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      throw new BedError(
        "go-missing",
        `The test bed compiles Kubernetes and needs Go ${newest} or newer on PATH: install it from https://go.dev/dl, then run this again. (${why})`,
        { cause: error },
      );
    }
  }
}

async function buildModule(module: GoModule, folder: string, log: (line: string) => void): Promise<void> {
  const { name, version, usualMinutes } = module;
  log(`» Compiling ${name} ${version} (usually ${usualMinutes} min on two cores, once per machine)`);
  const started = performance.now();
  mkdirSync(dirname(folder), { recursive: true });
  for (const entry of readdirSync(dirname(folder))) {
    // The lock is ours, so this is what an interrupted build left.
    if (entry.endsWith(".part")) rmSync(join(dirname(folder), entry), { recursive: true, force: true });
  }
  const part = `${folder}.${process.pid}.part`;
  mkdirSync(part);
  const linkValues = Object.entries(module.linkValues).map(([variable, value]) => `-X ${variable}=${value}`);
  let packages = 0;
  const tell = setInterval(
    () => log(`  ${name}: ${packages} packages compiled after ${duration(performance.now() - started)}`),
    progressMs,
  );
  try {
    for (const program of module.programs) {
      const flags = [
        "-v",
        "-trimpath",
        "-buildvcs=false",
        "-modcacherw",
        "-ldflags",
        ["-s -w", ...linkValues].join(" "),
      ];
      const args = ["build", ...flags, "-o", join(part, program.name), program.importPath];
      await goBuild(args, join(sources, name), () => packages++);
    }
  } finally {
    clearInterval(tell);
  }
  renameSync(part, folder);
  log(`  ${name} is built (${duration(performance.now() - started)})`);
}

/** Runs one `go build -v`, which names every package on standard error as it is compiled. */
function goBuild(args: readonly string[], cwd: string, onPackage: () => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const env = { ...process.env, CGO_ENABLED: "0", GOFLAGS: "", [processMark]: join(cacheDir(), "bin") };
    const child = spawn("go", args, { cwd, env, stdio: ["ignore", "ignore", "pipe"] });
    const tail: string[] = [];
    createInterface({ input: child.stderr }).on("line", (line) => {
      if (/^[\w.~-]+(\/[\w.~-]+)*$/.test(line)) onPackage();
      else tail.push(line);
      if (tail.length > 15) tail.shift();
    });
    const failed = (how: string): void =>
      reject(new BedError("build-failed", `go ${args.join(" ")} in ${cwd} ${how}:\n${tail.join("\n")}`));
    child.on("error", (error) => failed(`could not be started: ${error.message}`));
    child.on("close", (code, signal) => (code === 0 ? resolve() : failed(`ended with ${code ?? signal}`)));
  });
}

function duration(ms: number): string {
  const seconds = Math.round(ms / 1000);
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}
