import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import type { MetricQuery } from "../../../src/metrics/metricQuery.ts";
import { MetricsFeed } from "../../../src/ui/metrics/metricsFeed.ts";
import { readUpdate, type ViewUpdate } from "../../../src/ui/metrics/viewMessages.ts";
import { query, StandInSource } from "./standInSource.ts";

const now = Date.UTC(2026, 10, 25, 3);
const settled = () => new Promise(setImmediate);

/** A feed with what it has told the page; its timers are the test's. */
function fed(context: TestContext, source: StandInSource, queries: readonly MetricQuery[]) {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  const told: ViewUpdate[] = [];
  const state = { queries, failure: undefined as Error | undefined, marks: 0 };
  const feed = new MetricsFeed({
    title: "pods.md",
    load: async () => {
      if (state.failure) throw state.failure;
      return { source, queries: state.queries };
    },
    incident: () =>
      state.marks === 0
        ? null
        : { began: now - 60_000, marks: [{ at: now - 30_000, kind: "note", words: `${state.marks} notes` }] },
    post: (update) => {
      assert.ok(readUpdate(JSON.parse(JSON.stringify(update))), `the page would refuse ${update.type}`);
      told.push(update);
    },
    now: () => now,
  });
  context.after(() => feed.dispose());
  const types = () => told.splice(0).map(({ type }) => type);
  return { feed, told, types, state };
}

test("all queries are asked and told, and again after a while, as long as somebody looks", async (context) => {
  const source = new StandInSource(() => 1);
  const { feed, types } = fed(context, source, [query("a"), query("b")]);
  await feed.start();
  assert.deepEqual(types(), ["runbook", "chart", "chart", "asked"]);
  context.mock.timers.tick(5000);
  await settled();
  assert.deepEqual(types(), ["chart", "chart", "asked"]);
  feed.pause();
  context.mock.timers.tick(60_000);
  await settled();
  assert.deepEqual(types(), []);
  assert.equal(source.questions.length, 4);
});

test("what is asked when nobody looks any more is broken off and not told", async (context) => {
  const source = new StandInSource(() => 1);
  const gate = Promise.withResolvers<void>();
  source.gate = gate.promise;
  const { feed, types } = fed(context, source, [query("a")]);
  const started = feed.start();
  await settled();
  feed.pause();
  assert.equal(source.questions[0]?.signal.aborted, true);
  gate.resolve();
  await started;
  assert.deepEqual(types(), ["runbook"]);
});

test("a query that fails is told beside the others, and can be asked again", async (context) => {
  const source = new StandInSource(() => 1);
  const { feed, told, types } = fed(context, source, [query("a")]);
  source.failure = new Error("bad query: \u202eparse error");
  await feed.start();
  const problem = told.find(({ type }) => type === "problem");
  assert.deepEqual(problem, { type: "problem", id: 0, message: "bad query: \ufffdparse error" });
  types();
  source.failure = undefined;
  await feed.retry(0);
  assert.deepEqual(types(), ["chart"]);
  await feed.retry(7);
  assert.deepEqual(types(), []);
});

test("where there is no source, the page is told why, and all is had anew by a reload", async (context) => {
  const { feed, told, types, state } = fed(context, new StandInSource(() => 1), [query("a")]);
  state.failure = Object.assign(new Error("No Prometheus was found."), { advice: "Set its address." });
  await feed.start();
  assert.deepEqual(told, [{ type: "nothing", title: "pods.md", message: "No Prometheus was found. Set its address." }]);
  types();
  state.failure = undefined;
  await feed.reload();
  assert.deepEqual(types(), ["runbook", "chart", "asked"]);
});

test("a query keeps its id when others come and go, and one that has gone is known no more", async (context) => {
  const { feed, state } = fed(context, new StandInSource(() => 1), [query("a"), query("b"), query("b")]);
  await feed.start();
  assert.deepEqual([feed.idOf("a"), feed.idOf("b")], [0, 1]);
  state.queries = [query("c"), query("b")];
  await feed.reload();
  assert.deepEqual(
    [feed.idOf("a"), feed.idOf("b"), feed.query(1)?.written, feed.query(0)],
    [undefined, 1, "b", undefined],
  );
});

test("a time that is over is asked for once", async (context) => {
  const source = new StandInSource(() => 1);
  const { feed, told } = fed(context, source, [query("a")]);
  await feed.start();
  await feed.choose({ kind: "between", from: now - 3_600_000, to: now - 1_800_000 });
  assert.equal(source.questions.at(-1)?.range.to, now - 1_800_000);
  assert.deepEqual(told.at(-1), { type: "asked", askedAt: now, isLive: false });
  context.mock.timers.tick(60_000);
  await settled();
  assert.equal(source.questions.length, 2);
});

test("what is written down of the incident is marked at once, without asking again", async (context) => {
  const source = new StandInSource(() => 1);
  const { feed, told, types, state } = fed(context, source, [query("a")]);
  await feed.start();
  types();
  state.marks = 2;
  feed.marksChanged();
  const chart = told.find((one) => one.type === "chart");
  assert.equal(chart?.chart.marks[0]?.words, "2 notes");
  assert.equal(source.questions.length, 1);
});
