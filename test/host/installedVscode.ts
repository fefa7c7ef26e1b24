import { spawn } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** What the installed VS Code is opened with; all paths are absolute. */
export interface InstalledVscodeOptions {
  /** The program `code`. */
  readonly code: string;
  /** A folder for its settings and extensions, apart from the person's own. */
  readonly data: string;
  readonly folder: string;
  readonly file: string;
  /** The folder of the extension, loaded as it is. */
  readonly extension: string;
  readonly settings: Readonly<Record<string, unknown>>;
  /** Added to this process's environment. */
  readonly env: Readonly<Record<string, string>>;
}

/** Opens a window of the installed VS Code and resolves when it was closed. Rejects when `code` cannot be started or fails. */
export function openInstalledVscode(options: InstalledVscodeOptions): Promise<void> {
  const { code, data, folder, file, extension, settings, env } = options;
  mkdirSync(join(data, "User"), { recursive: true });
  writeFileSync(join(data, "User", "settings.json"), JSON.stringify(settings, undefined, 2));
  const args = [
    "--new-window",
    "--wait",
    `--user-data-dir=${data}`,
    `--extensions-dir=${join(data, "extensions")}`,
    `--extensionDevelopmentPath=${extension}`,
    // VS Code refuses to run as root without it.
    ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
    folder,
    file,
  ];
  return new Promise((resolve, reject) => {
    const child = spawn(code, args, { stdio: ["ignore", "ignore", "inherit"], env: { ...process.env, ...env } });
    child.on("error", reject);
    child.on("exit", (status, signal) => {
      if (status === 0) resolve();
      else
        reject(new Error(`${code} ended with ${status ?? signal}. Without it on PATH the demo opens in the browser.`));
    });
  });
}
