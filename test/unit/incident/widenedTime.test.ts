import assert from "node:assert/strict";
import { test } from "node:test";
import { widenedTime } from "../../../src/incident/widenedTime.ts";
import { readRunbook } from "../../../src/runbook/runbook.ts";

const day = "2026-11-25";
const widened = (line: string, ...seconds: number[]) =>
  widenedTime(
    line,
    seconds.map((one) => ({ seconds: one, day })),
  );
const label = "**Expected Recovery Time**:";

test("a range is widened in its own unit and way of writing, with what was measured behind it", () => {
  for (const [value, seconds, expected] of [
    ["30-60 seconds", 75, "30-75 seconds (measured 1 min 15 s on 2026-11-25)"],
    ["30-60 seconds", 61, "30-65 seconds (measured 1 min 1 s on 2026-11-25)"],
    ["30-60 seconds", 12.4, "10-60 seconds (measured 12 s on 2026-11-25)"],
    ["30–60 s", 3.2, "3–60 s (measured 3.2 s on 2026-11-25)"],
    ["2-5 minutes", 41, "0.6-5 minutes (measured 41 s on 2026-11-25)"],
    ["1 to 2 min", 130, "1 to 3 min (measured 2 min 10 s on 2026-11-25)"],
    ["30s - 1m", 90, "30s - 2m (measured 1 min 30 s on 2026-11-25)"],
    ["1 minute", 75, "1-2 minutes (measured 1 min 15 s on 2026-11-25)"],
    ["about 45 s", 75, "about 45-75 s (measured 1 min 15 s on 2026-11-25)"],
    ["≤ 1 minute", 75, "≤ 2 minutes (measured 1 min 15 s on 2026-11-25)"],
    ["under 60 seconds, by itself", 75, "under 75 seconds, by itself (measured 1 min 15 s on 2026-11-25)"],
  ] as const) {
    assert.equal(widened(`${label} ${value}`, seconds), `${label} ${expected}`, value);
  }
});

test("what is inside of the range changes nothing", () => {
  for (const value of ["30-60 seconds", "≤ 1 minute", "30 s – 1 min", "1 minute"]) {
    assert.equal(widened(`${label} ${value}`, 60, ...(value === "1 minute" ? [] : [41])), null, value);
  }
  assert.equal(widened(`${label} ≤ 1 minute`, 1), null);
});

test("what does not tell one time only is left as it is", () => {
  for (const value of [
    "soon",
    "30 s, or 2 min after a restart",
    "1 min 30 s",
    "00:05:00",
    "PT5M",
    "one minute",
    "over",
  ]) {
    assert.equal(widened(`${label} ${value}`, 9000), null, value);
  }
});

test("a later measurement joins the earlier one, and a line break and a table's bars stay", () => {
  const once = widened(`${label} 30-60 seconds`, 75) ?? "";
  const twice = widenedTime(once, [{ seconds: 100, day: "2026-12-01" }]);
  assert.equal(twice, `${label} 30-100 seconds (measured 1 min 15 s on 2026-11-25, 1 min 40 s on 2026-12-01)`);
  assert.equal(widenedTime(once, [{ seconds: 75, day }]), null);
  const note = " (measured 1 min 15 s on 2026-11-25)";
  assert.equal(widened(`${label} 30-60 s  `, 75), `${label} 30-75 s${note}  `);
  assert.equal(widened(`${label} 30-60 s\\`, 75), `${label} 30-75 s${note}\\`);
  assert.equal(widened(`${label} 30-60 s<br>\r`, 75), `${label} 30-75 s${note}<br>\r`);
  assert.equal(widened("| Recovery Time | 30-60 s | x |", 75), `| Recovery Time | 30-75 s${note} | x |`);
});

test("what was written is read as the wider range", () => {
  for (const value of ["30-60 seconds", "2-5 minutes", "1 minute", "≤ 1 minute", "30s - 1m", "about 45 s", "~2 h"]) {
    for (const seconds of [0.4, 7, 41, 75, 400, 20_000]) {
      const read = (line: string) => readRunbook(`# A\n\n${line}\n`).scenarios[0]?.expectedRecoverySeconds ?? null;
      const before = read(`${label} ${value}`);
      const line = widened(`${label} ${value}`, seconds);
      const after = line === null ? before : read(line);
      assert.ok(before && after, value);
      assert.ok(after[0] <= Math.min(before[0], seconds) && after[1] >= Math.max(before[1], seconds), `${line}`);
    }
  }
});

test("ten megabytes take no time", () => {
  const started = performance.now();
  for (const text of [
    "1 ".repeat(5_000_000),
    "30-".repeat(3_000_000),
    "9".repeat(10_000_000),
    " ".repeat(10_000_000),
  ]) {
    widened(`${label} 30-60 seconds ${text}`, 75);
  }
  assert.ok(performance.now() - started < 5000, `${performance.now() - started} ms`);
});
