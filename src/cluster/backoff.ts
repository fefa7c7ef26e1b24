const firstMs = 500;
const longestMs = 4000;

/** How long to wait before the next attempt after `failures` failed ones in a row, in ms; `random` is in [0, 1). */
export function backoffMs(failures: number, random: number): number {
  const full = Math.min(longestMs, firstMs * 2 ** Math.max(0, failures - 1));
  // Half of it at random, so that many windows do not come back to a restarted API server at the same moment.
  return full / 2 + (full / 2) * random;
}
