// The first step of every npm script that must work in a fresh clone: installs the locked packages when they are
// missing or out of date, then hands over to the pinned Node among them. Runs on whatever Node the machine has, so
// it uses nothing newer than Node 18 and no package.

import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { constants } from "node:os";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));
const modules = join(root, "node_modules");
const stampFile = join(modules, ".podbook-lock-hash");

function installPackages() {
  const wanted = createHash("sha256")
    .update(readFileSync(join(root, "package-lock.json")))
    .digest("hex");
  if (existsSync(stampFile) && readFileSync(stampFile, "utf8") === wanted) return;
  console.log("» Installing the npm packages of the lockfile (usually 30 s, once)");
  const npm = spawnSync("npm", ["ci", "--no-audit", "--no-fund", "--loglevel=error"], {
    cwd: root,
    stdio: ["ignore", "inherit", "inherit"],
    shell: process.platform === "win32",
  });
  if (npm.error || npm.status !== 0) {
    const why = npm.error ? npm.error.message : `npm ended with ${npm.status ?? npm.signal}`;
    console.error(`The packages could not be installed: ${why}. Run "npm ci" in ${root} to see the whole error.`);
    process.exit(1);
  }
  writeFileSync(stampFile, wanted);
}

const [script, ...args] = process.argv.slice(2);
if (!script) {
  console.error("bootstrap.mjs needs the script to run, for example test/all.ts.");
  process.exit(2);
}
installPackages();

const bin = join(modules, ".bin");
const child = spawn(join(bin, "node"), [join(root, script), ...args], {
  cwd: root,
  stdio: "inherit",
  env: { ...process.env, PATH: `${bin}${delimiter}${process.env.PATH ?? ""}` },
});
// A terminal sends Ctrl-C to the whole group, so the child has it already; other senders mean this process alone.
process.on("SIGINT", () => {});
for (const signal of ["SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
// npm passes a signal on to its shell only; when that shell is gone, nobody waits for us any more.
const parent = process.ppid;
setInterval(() => {
  if (process.ppid !== parent) child.kill("SIGTERM");
}, 1000).unref();
child.on("error", (error) => {
  console.error(`The pinned Node could not be started: ${error.message}. Remove node_modules and try again.`);
  process.exit(1);
});
child.on("exit", (code, signal) => process.exit(code ?? 128 + constants.signals[signal ?? "SIGTERM"]));
