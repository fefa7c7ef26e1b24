import assert from "node:assert/strict";
import { afterEach, before, beforeEach, test } from "node:test";
import { setTimeout as delay } from "node:timers/promises";
import { FaultyBed, isStale } from "./faultyBed.ts";

let faulty: FaultyBed;

before(async () => {
  faulty = await FaultyBed.open();
});
beforeEach(() => faulty.begin());
afterEach(() => faulty.end());

for (const status of [401, 403, 410, 500]) {
  test(`answers of ${status} make the pods stale, in few requests, until they end`, async () => {
    const view = faulty.follow();
    await view.untilLive();
    faulty.api.fail({ kind: "status", status });
    faulty.api.reset();
    await view.until(isStale, 5000);
    const { freshness } = view.watch;
    assert.ok(freshness.state === "stale" && freshness.error.advice !== "");
    await delay(3000);
    // The first seconds have the densest attempts: about 0.5, 1, 2, 4.5, 4.5 … s apart.
    assert.ok(
      faulty.api.requests.length <= 8,
      `${faulty.api.requests.length} requests in 3 s: ${faulty.api.requests.join(" ")}`,
    );
    faulty.api.fail({ kind: "none" });
    await view.untilLive();
    await faulty.sawDeletion(view);
  });
}

const login = "<html><body>Please log in</body></html>";
const answers = {
  "a login page": { kind: "text", text: login, type: "text/html" },
  "an empty answer": { kind: "text", text: "", type: "application/json" },
} as const;
for (const [what, fault] of Object.entries(answers)) {
  test(`${what} in the place of a watch makes the pods stale until it ends, though it is called a success`, async () => {
    const view = faulty.follow();
    await view.untilLive();
    faulty.api.fail(fault);
    faulty.api.endStreams();
    await view.until(isStale, 5000);
    const { freshness } = view.watch;
    assert.ok(freshness.state === "stale" && freshness.error.reason !== "expired");
    faulty.api.fail({ kind: "none" });
    await view.untilLive();
    await faulty.sawDeletion(view);
  });
}
