import type { Ownership } from "./ownership.ts";

/**
 * On Ctrl-C and its like, and when nobody reads the output any more, ends all owned processes at once, so that whatever
 * waits for one of them goes on, and aborts the signal it gives. The person is told once.
 */
export function endOnSignals(owned: Ownership, log: (line: string) => void): AbortSignal {
  const controller = new AbortController();
  const interrupt = (why: string) => {
    if (controller.signal.aborted) return;
    controller.abort();
    log(`» ${why}: ending everything (usually 10 s)`);
    owned.endAll(0).catch((error) => log(`Not all could be ended: ${error}`));
  };
  for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(name, interrupt);
  for (const stream of [process.stdout, process.stderr]) stream.on("error", () => interrupt("The output is closed"));
  return controller.signal;
}
