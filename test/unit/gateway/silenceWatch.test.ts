import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { ClusterError } from "../../../src/cluster/clusterError.ts";
import { PodLives } from "../../../src/cluster/gateway/podLives.ts";
import { SilenceWatch } from "../../../src/cluster/gateway/silenceWatch.ts";

/** Lets promises that are settled already go on. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 10; turn++) await Promise.resolve();
}

function watched(t: TestContext, answers: (boolean | Error)[]) {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const seen = { looked: 0, gone: 0 };
  const watch = new SilenceWatch(
    async () => {
      seen.looked++;
      const answer = answers.shift() ?? false;
      if (answer instanceof Error) throw answer;
      return answer;
    },
    () => {
      seen.gone++;
    },
  );
  const pass = async (ms: number) => {
    t.mock.timers.tick(ms);
    await settle();
  };
  return { watch, seen, pass };
}

test("who waits for longer than a second has it looked at every second, until it is gone", async (t) => {
  const { watch, seen, pass } = watched(t, [false, new Error("cannot ask"), true]);
  watch.sent();
  await pass(999);
  assert.deepEqual(seen, { looked: 0, gone: 0 });
  await pass(1);
  assert.deepEqual(seen, { looked: 1, gone: 0 });
  await pass(1000);
  assert.deepEqual(seen, { looked: 2, gone: 0 });
  await pass(1000);
  assert.deepEqual(seen, { looked: 3, gone: 1 });
});

test("an answer makes the looks seldom, as more of it may be due, and the end ends them", async (t) => {
  const { watch, seen, pass } = watched(t, []);
  watch.sent();
  await pass(500);
  watch.heard();
  await pass(999);
  assert.equal(seen.looked, 0);
  for (const ms of [1, 2000, 4000, 8000, 16_000, 30_000, 30_000]) {
    const before: number = seen.looked;
    await pass(ms);
    assert.equal(seen.looked, before + 1, `${ms}`);
  }
  watch.sent();
  await pass(1000);
  await pass(1000);
  assert.equal(seen.looked, 9, "an answer is due again");
  watch.end();
  watch.sent();
  watch.heard();
  await pass(60_000);
  assert.deepEqual(seen, { looked: 9, gone: 0 });
});

test("half an answer is cut when nothing more can come", async (t) => {
  const { watch, seen, pass } = watched(t, [true]);
  watch.sent();
  watch.heard();
  await pass(1000);
  assert.deepEqual(seen, { looked: 1, gone: 1 });
});

test("the cluster is asked once for all who wait for one pod", async () => {
  const { lives, asked } = livesOf(() => ({ metadata: { uid: "1" }, status: { phase: "Running" } }));
  const answers = await Promise.all(Array.from({ length: 100 }, () => lives.isGone(web)));
  assert.deepEqual(answers, Array(100).fill(false));
  assert.deepEqual(asked, ["/api/v1/namespaces/shop/pods/web"]);
});

test("a pod is gone that has ended, or whose name another one has", async () => {
  assert.ok(await livesOf(() => ({ metadata: { uid: "1" }, status: { phase: "Failed" } })).lives.isGone(web));
  const { lives } = livesOf(() => ({ metadata: { uid: "2" }, status: { phase: "Running" } }));
  assert.ok(await lives.isGone(web));
  assert.ok(!(await lives.isGone({ ...web, uid: "" })), "nobody knows which one it was");
  const missing = livesOf(() => {
    throw new ClusterError("not-found", "", "");
  });
  assert.ok(await missing.lives.isGone(web));
});

test("a pod that is being deleted may finish its work, but not for ever", async () => {
  const metadata = { uid: "1", deletionGracePeriodSeconds: 30 };
  const { lives, clock } = livesOf(() => ({ metadata, status: { phase: "Running" } }));
  for (const second of [0, 10, 29]) {
    clock.now = second * 1000;
    assert.ok(!(await lives.isGone(web)), `${second}`);
  }
  clock.now = 30_000;
  assert.ok(await lives.isGone(web), "its node is dead");
});

const web = { namespace: "shop", pod: "web", uid: "1" };

function livesOf(answer: () => unknown) {
  const clock = { now: 0 };
  const asked: string[] = [];
  const get = async (path: string) => {
    asked.push(path);
    return answer();
  };
  return { lives: new PodLives({ get }, () => clock.now), clock, asked };
}
