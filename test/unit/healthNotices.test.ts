import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { HealthNotices } from "../../src/cluster/healthNotices.ts";
import { named, time, workloads } from "./sampleWorkloads.ts";

const start = Date.parse(time(50));
const after = 60_000;
const whole = { ready: true, since: 1 };
const broken = { ready: false, since: 40 };

describe("Notices of health", () => {
  it("tell what is not whole only when it lasts, once, and for how long", () => {
    const notices = new HealthNotices();
    const look = (seconds: number) => notices.look(workloads(whole, broken), after, start + seconds * 1000);
    assert.deepEqual(look(0), { notice: null, nextAt: start + after }, "and when to look again");
    assert.deepEqual(look(59), { notice: null, nextAt: start + after });
    const { notice } = look(60);
    assert.equal(notice?.warns, true);
    assert.match(notice?.text ?? "", /^db has 1 of 2 pods ready for 60s: /);
    assert.deepEqual(look(1000), { notice: null, nextAt: null });
  });

  it("say nothing of trouble that is over before", () => {
    const notices = new HealthNotices();
    notices.look(workloads(whole, broken), after, start);
    assert.deepEqual(notices.look(workloads(whole, whole), after, start + 30_000), { notice: null, nextAt: null });
    assert.equal(notices.look(workloads(whole, broken), after, start + 70_000).notice, null, "it begins anew");
  });

  it("tell that it is whole again when that lasts, with how long it was not", () => {
    const notices = new HealthNotices();
    notices.look(workloads(whole, broken), after, start);
    notices.look(workloads(whole, broken), after, start + 60_000);
    const again = notices.look(workloads(whole, whole), after, start + 130_000);
    assert.deepEqual(again, { notice: null, nextAt: start + 160_000 }, "a crash loop is ready for moments too");
    const { notice } = notices.look(workloads(whole, whole), after, start + 160_000);
    assert.deepEqual(notice, { text: "db is whole again after 2m10s.", warns: false });
  });

  it("tell of many at once, and no more often than once a minute", () => {
    const notices = new HealthNotices();
    const all = (...names: readonly string[]) => names.flatMap((name) => named(name, broken, broken));
    notices.look(all("a", "b"), after, start);
    assert.equal(notices.look(all("a", "b"), after, start + 60_000).notice?.text, "a and b are not whole.");
    notices.look(all("a", "b", "c"), 1000, start + 70_000);
    const held = notices.look(all("a", "b", "c"), 1000, start + 72_000);
    assert.deepEqual(held, { notice: null, nextAt: start + 120_000 });
    const { notice } = notices.look(all("a", "b", "c"), 1000, start + 120_000);
    assert.match(notice?.text ?? "", /^c has 0 of 2 pods ready for 50s: /);
    const many = all("d", "e", "f", "g", "h");
    notices.look(many, 1000, start + 200_000);
    assert.equal(notices.look(many, 1000, start + 202_000).notice?.text, "5 workloads are not whole.");
  });

  it("forget what is gone", () => {
    const notices = new HealthNotices();
    notices.look(workloads(broken, broken), after, start);
    assert.deepEqual(notices.look([], after, start + 90_000), { notice: null, nextAt: null });
  });
});
