import { constants } from "node:os";
import type { RunResult } from "../../run/runResult.ts";

/** The exit status where nobody reads the output any more, as a shell tells of SIGPIPE. */
export const brokenPipe = 141;
/** The exit status after Ctrl-C, as a shell tells of SIGINT. */
export const interrupted = 130;

/** What `podbook run` exits with after a run: the block's own status, or what shells and timeout(1) say instead. */
export function exitStatus({ outcome, exitCode, signal }: RunResult): number {
  switch (outcome) {
    case "timed-out":
      return 124;
    case "not-started":
      return 126;
    case "stopped":
      return interrupted;
    case "killed":
      return signal === null ? 1 : 128 + constants.signals[signal];
    case "exited":
      return exitCode ?? 1;
  }
}
