import { spawn } from "node:child_process";
import { BedError } from "./errors.ts";

/** How a command is run. */
export interface RunOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** Written to standard input, which is closed otherwise. */
  readonly input?: string;
  readonly timeoutMs?: number;
}

/** Runs a command to its end and gives its standard output. Raises BedError `command-failed` with what it said. */
export function run(command: string, args: readonly string[], options: RunOptions = {}): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: options.cwd,
      env: options.env,
      timeout: options.timeoutMs,
      killSignal: "SIGKILL",
      stdio: [options.input === undefined ? "ignore" : "pipe", "pipe", "pipe"],
    });
    const out: Buffer[] = [];
    const err: Buffer[] = [];
    child.stdout?.on("data", (chunk: Buffer) => out.push(chunk));
    child.stderr?.on("data", (chunk: Buffer) => err.push(chunk));
    // A command that ends without reading its input has said why on standard error.
    child.stdin?.on("error", () => {});
    child.stdin?.end(options.input);
    const failed = (how: string, cause?: Error): void => {
      const said = Buffer.concat(err).toString().trim().split("\n").slice(-12).join("\n");
      const line = [command.slice(command.lastIndexOf("/") + 1), ...args].join(" ");
      reject(new BedError("command-failed", `"${line}" ${how}${said === "" ? "." : `:\n${said}`}`, { cause }));
    };
    child.on("error", (error) => failed(`could not be started: ${error.message}`, error));
    child.on("close", (code, signal) => {
      if (code === 0) resolve(Buffer.concat(out).toString());
      else failed(`ended with ${code ?? signal}`);
    });
  });
}
