const firstMs = 1000;

/**
 * How long to wait before the next attempt after `failures` failed ones in a row, at most `longestMs`, both in ms; `random`
 * is in [0, 1).
 */
export function backoffMs(failures: number, longestMs: number, random: number): number {
  const full = Math.min(longestMs, firstMs * 2 ** Math.max(0, failures - 1));
  // A part of it at random, so that many windows do not come back to a restarted API server at the same moment.
  return full * (0.9 + 0.1 * random);
}
