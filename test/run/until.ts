import assert from "node:assert/strict";
import { setTimeout as delay } from "node:timers/promises";

/**
 * Resolves once a condition holds that nothing tells of, such as what stands in a file or in /proc: with the ms that took.
 * Bounded, so that a test can fail; `what` is said then.
 */
export async function until(condition: () => boolean, what: string, withinMs: number): Promise<number> {
  const start = performance.now();
  while (!condition()) {
    assert.ok(performance.now() - start < withinMs, `not within ${withinMs} ms: ${what}`);
    await delay(20);
  }
  return performance.now() - start;
}
