import type { ProcessGroup } from "./processGroup.ts";
import type { StopTimes } from "./stopTimes.ts";

/** After the last signal, how long the system may take until a killed process is gone, in ms. */
const killGraceMs = 1000;
const groupPollMs = 50;

/**
 * Ends a process group: SIGINT, then SIGTERM, then SIGKILL. Settles when nothing is left of it, or the system does not end
 * what was killed. `times` is asked again and again, so that an end can be hastened; `now` is monotonic, in ms.
 */
export async function endGroup(
  group: ProcessGroup,
  leaderEnded: () => boolean,
  times: () => StopTimes,
  now: () => number,
): Promise<void> {
  const startedAt = now();
  const isPast = (afterMs: number) => now() - startedAt >= afterMs;
  group.signal("SIGINT");
  // Background jobs of a script ignore SIGINT: once bash itself is gone there is no reason to wait for them.
  await until(() => leaderEnded() || isPast(times().termAfterMs));
  if (group.isAlive()) group.signal("SIGTERM");
  await until(() => !group.isAlive() || isPast(times().killAfterMs));
  if (group.isAlive()) group.signal("SIGKILL");
  await until(() => !group.isAlive() || isPast(times().killAfterMs + killGraceMs));
}

/** No event tells that the last process of a group is gone, so this asks until it is. */
async function until(condition: () => boolean): Promise<void> {
  while (!condition()) {
    await new Promise((resolve) => setTimeout(resolve, groupPollMs));
  }
}
