import type { ChildProcess } from "node:child_process";
import { setTimeout as wait } from "node:timers/promises";
import type { SurroundingsMessage } from "../../../demo/services/addresses.ts";

/** The real process behind a running container. */
export interface ContainerProcess {
  readonly pid: number;
  /** Where it listens, on 127.0.0.1. */
  readonly port: number;
  /** Resolves when the process has ended, whatever the reason. */
  readonly ended: Promise<void>;
  /** Tells it about the cluster around it; a process that does not care ignores it. */
  readonly tell: (news: SurroundingsMessage) => void;
  /** Ends it: `asked` lets it finish what it does, `killed` does not. Resolves when it is gone. */
  readonly stop: (how: "asked" | "killed") => Promise<void>;
}

/** Raised when the process of a container could not be brought to listen; the message has what it said. */
export class ContainerStartError extends Error {
  readonly reason = "container-start";
  constructor(message: string) {
    super(message);
    this.name = "ContainerStartError";
  }
}

/** Resolves once a child just started has ended and its output is read, or it could not be started at all. */
export function endOf(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    child.once("close", () => resolve());
    child.once("error", () => resolve());
  });
}

/** Sends a signal to a child and waits for its end (see endOf); after `graceMs` it is killed. */
export async function endChild(
  child: ChildProcess,
  ended: Promise<void>,
  signal: NodeJS.Signals,
  graceMs: number,
): Promise<void> {
  child.kill(signal);
  const timer = new AbortController();
  const late = wait(graceMs, "late" as const, { signal: timer.signal }).catch(() => undefined);
  if ((await Promise.race([ended, late])) === "late") child.kill("SIGKILL");
  timer.abort();
  await ended;
}
