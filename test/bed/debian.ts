import { spawn } from "node:child_process";
import { existsSync, rmSync, writeFileSync } from "node:fs";

/** A Debian package the bed needs, and how to see whether what it brings is on this machine already. */
export interface WantedPackage {
  readonly package: string;
  readonly present: () => boolean;
}

/** Raised when packages are missing and could not be installed; the message names the command that installs them. */
export class MissingPackagesError extends Error {
  readonly reason: "no-apt" | "not-root" | "apt-failed";
  constructor(reason: MissingPackagesError["reason"], message: string) {
    super(message);
    this.name = "MissingPackagesError";
    this.reason = reason;
  }
}

const policyFile = "/usr/sbin/policy-rc.d";

/**
 * Installs the wanted packages that are not present, through one apt-get run, without starting their services.
 * Needs root on Debian or a relative of it; raises MissingPackagesError otherwise, or when apt-get fails.
 */
export async function ensureDebianPackages(
  wanted: readonly WantedPackage[],
  log: (line: string) => void,
): Promise<void> {
  const missing = wanted.filter((one) => !one.present()).map((one) => one.package);
  if (missing.length === 0) return;
  const names = missing.join(" ");
  if (!existsSync("/usr/bin/apt-get")) {
    throw new MissingPackagesError(
      "no-apt",
      `Missing on this machine: what Debian calls ${names}. Install it with your system's package manager.`,
    );
  }
  const advice = `Install with: sudo apt-get install ${names}`;
  if (process.getuid?.() !== 0) throw new MissingPackagesError("not-root", `Missing: ${names}. ${advice}`);
  log(`Installing the Debian packages ${names} (usually 1 to 2 minutes, once)`);
  await withoutServiceStarts(async () => {
    await aptGet(["update", "-qq"], advice);
    await aptGet(["install", "-y", "-qq", "--no-install-recommends", ...missing], advice);
  });
  const absent = wanted.filter((one) => !one.present()).map((one) => one.package);
  if (absent.length > 0) {
    throw new MissingPackagesError(
      "apt-failed",
      `apt-get installed ${absent.join(" ")}, yet its programs are not found. ${advice.replace("install ", "install --reinstall ")}`,
    );
  }
}

/**
 * Debian starts the services of a package as it is installed; a policy file that answers 101 forbids it. A policy the
 * machine has already is left alone.
 */
async function withoutServiceStarts(install: () => Promise<void>): Promise<void> {
  if (existsSync(policyFile)) return install();
  const remove = () => rmSync(policyFile, { force: true });
  writeFileSync(policyFile, "#!/bin/sh\nexit 101\n", { mode: 0o755, flag: "wx" });
  process.once("exit", remove);
  try {
    await install();
  } finally {
    process.removeListener("exit", remove);
    remove();
  }
}

/** Runs one apt-get command; raises MissingPackagesError with the end of its output when it fails. */
function aptGet(args: readonly string[], advice: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn("apt-get", ["-o", "DPkg::Lock::Timeout=300", ...args], {
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
    });
    let tail = "";
    const keep = (chunk: Buffer) => {
      tail = (tail + chunk.toString()).slice(-1500);
    };
    child.stdout.on("data", keep);
    child.stderr.on("data", keep);
    child.on("error", reject);
    child.on("close", (code) => {
      if (code === 0) return resolve();
      const what = `apt-get ${args.join(" ")} ended with ${code}:\n${tail.trim()}\n${advice}`;
      reject(new MissingPackagesError("apt-failed", what));
    });
  });
}
