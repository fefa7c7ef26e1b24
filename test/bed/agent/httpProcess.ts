import { fork } from "node:child_process";
import { join } from "node:path";
import type { ListeningMessage } from "../../../demo/services/addresses.ts";
import { type ContainerProcess, ContainerStartError, endChild, endOf } from "./process.ts";

const program = join(import.meta.dirname, "../../../demo/services/main.ts");
const startDeadlineMs = 20_000;

/** What the process of an HTTP service is started with. */
export interface HttpProcessOptions {
  readonly service: string;
  readonly pod: string;
  readonly settings: Readonly<Record<string, string>>;
  readonly output: (text: string) => void;
}

/**
 * Starts a service of the demo on a free loopback port and resolves once it listens. The channel to it closes with this
 * process, whatever ends it, and the service ends with the channel. Raises ContainerStartError.
 */
export async function startHttpProcess(options: HttpProcessOptions): Promise<ContainerProcess> {
  const own = { SERVICE: options.service, POD_NAME: options.pod, PORT: "0" };
  const child = fork(program, [], {
    env: { ...process.env, ...options.settings, ...own },
    execArgv: [],
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
  let said = "";
  const hear = (chunk: Buffer) => {
    said = (said + chunk.toString()).slice(-1000);
    options.output(chunk.toString());
  };
  child.stdout?.on("data", hear);
  child.stderr?.on("data", hear);
  const ended = endOf(child);
  const stop = (how: "asked" | "killed") => endChild(child, ended, how === "asked" ? "SIGTERM" : "SIGKILL", 3000);
  const port = await new Promise<number | undefined>((resolve) => {
    const timer = setTimeout(() => resolve(undefined), startDeadlineMs);
    child.on("message", (message) => isListening(message) && resolve(message.port));
    void ended.then(() => resolve(undefined));
    child.on("message", () => clearTimeout(timer));
    void ended.then(() => clearTimeout(timer));
  });
  if (port === undefined || child.pid === undefined) {
    await stop("killed");
    throw new ContainerStartError(`${options.service} did not listen within ${startDeadlineMs} ms. It said: ${said}`);
  }
  return {
    pid: child.pid,
    port,
    ended,
    // A process that is just ending cannot be told any more, and need not be.
    tell: (news) => child.connected && child.send(news, () => {}),
    stop,
  };
}

function isListening(message: unknown): message is ListeningMessage {
  return typeof message === "object" && message !== null && "type" in message && message.type === "listening";
}
