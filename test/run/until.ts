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

/**
 * Looks at a screen, which tells nothing by itself, until there is what is looked for, and gives it. Bounded, so that a test
 * can fail: an Error then says what was not there, in the words of `missing`.
 */
export async function seen<T>(look: () => Promise<T | undefined>, missing: () => string, withinMs: number): Promise<T> {
  for (const deadline = performance.now() + withinMs; ; await delay(50)) {
    const found = await look();
    if (found !== undefined) return found;
    if (performance.now() > deadline) throw new Error(`Not within ${withinMs} ms: ${missing()}`);
  }
}

/**
 * Does something that VS Code may not take while it is busy, until its effect is seen: either rejects where it did not
 * succeed. Raises what the last of five attempts raised.
 */
export async function insist(action: () => Promise<unknown>, effect: () => Promise<unknown>): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await action();
      await effect();
      return;
    } catch (error) {
      if (attempt === 5) throw error;
    }
  }
}
