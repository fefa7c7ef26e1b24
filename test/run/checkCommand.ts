import { spawn } from "node:child_process";
import { type Outcome, single } from "./outcome.ts";

/** Runs a command that holds or does not: exit code 0 counts as one passed check, all else as one failure with its output. */
export function checkCommand(
  name: string,
  command: readonly [string, ...string[]],
  cwd: string,
  signal: AbortSignal,
): Promise<Outcome> {
  const [program, ...args] = command;
  return new Promise((resolve) => {
    const child = spawn(program, args, { cwd, signal, stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    const keep = (chunk: Buffer) => {
      output += chunk.toString();
    };
    child.stdout.on("data", keep);
    child.stderr.on("data", keep);
    child.on("error", (error) => resolve(single(name, `${command.join(" ")}: ${error.message}`)));
    child.on("close", (code, ended) =>
      resolve(single(name, code === 0 ? undefined : `${command.join(" ")} ended with ${code ?? ended}\n${output}`)),
    );
  });
}
