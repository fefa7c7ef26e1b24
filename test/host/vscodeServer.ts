import { type ChildProcess, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { createWriteStream, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { RunningProcess } from "../bed/processes.ts";
import { endMarked } from "../run/processes.ts";

/** What a VS Code server is started with; `folder` keeps its data, settings and logs. */
export interface VscodeServerOptions {
  /** The folder that holds `out/server-main.js`. */
  readonly vscode: string;
  readonly folder: string;
  /** Settings of the user, written before the start. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** The folder of an extension that is there like an installed one. */
  readonly extension?: string;
  /** The only ones of VS Code's own extensions that are there; all where not given. */
  readonly ownExtensions?: readonly string[];
  /** Lets a page load a test suite into the extension host. Such a server shows no notification toasts. */
  readonly automated?: boolean;
  /** Added to this process's environment. */
  readonly env?: Readonly<Record<string, string>>;
}

/** A running VS Code server on loopback. */
export interface VscodeServer {
  /** Such as `127.0.0.1:41234`. */
  readonly authority: string;
  /** Without it the server answers nobody: other people and web pages reach loopback too. */
  readonly token: string;
  readonly folder: string;
  /** Resolves when the server has ended, for whatever reason. */
  readonly ended: Promise<void>;
  /** Replaces the settings of the user while the server runs. */
  writeSettings(settings: Readonly<Record<string, unknown>>): void;
  /**
   * Ends the server with all it started: extension hosts, terminals, and what those started. They get `aloneMs` after
   * the server's own end to follow it by themselves. Resolves with those that did not.
   */
  stop(aloneMs?: number): Promise<RunningProcess[]>;
}

/** Raised when the server did not come up; the message holds its output. */
export class ServerStartError extends Error {
  readonly reason = "not-listening";
  constructor(what: string, output: string) {
    super(`VS Code's server ${what}. Its output:\n${output}`);
    this.name = "ServerStartError";
  }
}

const mark = "PODBOOK_TEST_VSCODE";

/** Starts VS Code's own server on a free loopback port and resolves when it listens. Raises ServerStartError. */
export async function startVscodeServer(options: VscodeServerOptions): Promise<VscodeServer> {
  const { folder } = options;
  const data = join(folder, "data");
  const writeSettings = (settings: Readonly<Record<string, unknown>>) => {
    // A remote window takes machine-scoped settings from the server's machine settings only.
    for (const scope of ["User", "Machine"]) {
      mkdirSync(join(data, scope), { recursive: true });
      writeFileSync(join(data, scope, "settings.json"), JSON.stringify(settings, undefined, 2));
    }
  };
  writeSettings(options.settings);
  installExtension(join(folder, "extensions"), options.extension);
  const own = options.ownExtensions && linkOwnExtensions(options.vscode, folder, options.ownExtensions);
  const id = randomUUID();
  const token = randomUUID();
  const child = spawn(process.execPath, serverArguments(options, data, token, own), {
    cwd: folder,
    stdio: ["ignore", "pipe", "pipe"],
    // As the `code` of a terminal: else VS Code takes the PATH that a login shell has, and not the one that it is given.
    env: { ...editorEnvironment(), VSCODE_CLI: "1", ...options.env, [mark]: id },
  });
  const ended = new Promise<void>((resolve) => {
    child.once("exit", () => resolve());
    // Then it was never there.
    child.once("error", () => resolve());
  });
  const stop = (aloneMs = 500) => stopTree(child, ended, id, aloneMs);
  try {
    const port = await listeningPort(child, join(folder, "server.log"));
    return { authority: `127.0.0.1:${port}`, token, folder, ended, writeSettings, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** VS Code takes what this list names for installed, wherever it lies. */
function installExtension(extensions: string, source: string | undefined): void {
  mkdirSync(extensions, { recursive: true });
  if (!source) return;
  const { publisher, name, version } = JSON.parse(readFileSync(join(source, "package.json"), "utf8"));
  const entry = {
    identifier: { id: `${publisher}.${name}` },
    version,
    location: { $mid: 1, path: source, scheme: "file" },
  };
  writeFileSync(join(extensions, "extensions.json"), JSON.stringify([entry]));
}

/** Gives a folder that holds these of VS Code's own extensions. */
function linkOwnExtensions(vscode: string, folder: string, names: readonly string[]): string {
  const own = join(folder, "own-extensions");
  mkdirSync(own);
  for (const name of names) symlinkSync(join(vscode, "extensions", name), join(own, name));
  return own;
}

function serverArguments(
  { vscode, folder, automated }: VscodeServerOptions,
  data: string,
  token: string,
  ownExtensions: string | undefined,
): string[] {
  return [
    join(vscode, "out", "server-main.js"),
    ...["--host", "127.0.0.1", "--port", "0"],
    ...["--connection-token", token],
    "--accept-server-license-terms",
    ...(automated ? ["--enable-smoke-test-driver"] : []),
    ...(ownExtensions ? ["--builtin-extensions-dir", ownExtensions] : []),
    ...["--server-data-dir", join(folder, "server")],
    ...["--user-data-dir", data],
    ...["--extensions-dir", join(folder, "extensions")],
    ...["--telemetry-level", "off"],
  ];
}

/** Without the traces of a VS Code, Electron or test runner this process may itself run in. */
function editorEnvironment(): NodeJS.ProcessEnv {
  const foreign = /^(VSCODE_|ELECTRON_|NODE_TEST_CONTEXT$|NODE_OPTIONS$|NODE_ENV$)/;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !foreign.test(name)));
}

/** The server names its port on standard output when it is ready. All output goes to the log file too. */
function listeningPort(child: ChildProcess, logFile: string): Promise<number> {
  const log = createWriteStream(logFile, { flags: "a" });
  let output = "";
  return new Promise((resolve, reject) => {
    const fail = (what: string) => {
      clearTimeout(timer);
      reject(new ServerStartError(what, output));
    };
    const timer = setTimeout(() => fail("did not listen within 60 s"), 60_000);
    const read = (chunk: Buffer) => {
      log.write(chunk);
      if (output.length > 20_000) return;
      output += chunk.toString();
      const port = /Extension host agent listening on (\d+)/.exec(output)?.[1];
      if (!port) return;
      clearTimeout(timer);
      resolve(Number(port));
    };
    child.stdout?.on("data", read);
    child.stderr?.on("data", read);
    child.on("error", (error) => fail(`could not be started: ${error.message}`));
    child.on("exit", (code, signal) => fail(`ended with ${code ?? signal}`));
    child.on("close", () => log.end());
  });
}

async function stopTree(
  child: ChildProcess,
  ended: Promise<void>,
  id: string,
  aloneMs: number,
): Promise<RunningProcess[]> {
  if (child.exitCode === null && child.signalCode === null) {
    child.kill("SIGTERM");
    const timer = setTimeout(() => child.kill("SIGKILL"), 10_000);
    await ended;
    clearTimeout(timer);
  }
  return endMarked(mark, id, aloneMs);
}
