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

test("an answer ends the looking, and a connection that only rests is not looked at", async (t) => {
  const { watch, seen, pass } = watched(t, [true]);
  watch.sent();
  await pass(500);
  watch.heard();
  await pass(60_000);
  assert.deepEqual(seen, { looked: 0, gone: 0 });
  watch.sent();
  watch.end();
  watch.sent();
  await pass(60_000);
  assert.deepEqual(seen, { looked: 0, gone: 0 });
});

test("the cluster is asked once for all who wait for one pod", async () => {
  let now = 0;
  const asked: string[] = [];
  const lives = new PodLives(
    {
      get: async (path) => {
        asked.push(path);
        if (path.endsWith("/gone")) throw new ClusterError("not-found", "", "");
        return { metadata: { uid: "1" }, status: { phase: path.endsWith("/ended") ? "Failed" : "Running" } };
      },
    },
    () => now,
  );
  const pod = (name: string) => ({ namespace: "shop", pod: name });
  assert.deepEqual(
    await Promise.all(Array.from({ length: 100 }, () => lives.runningUid(pod("web")))),
    Array(100).fill("1"),
  );
  assert.deepEqual(asked, ["/api/v1/namespaces/shop/pods/web"]);
  assert.equal(await lives.runningUid(pod("gone")), null);
  assert.equal(await lives.runningUid(pod("ended")), null);
  now = 1000;
  await lives.runningUid(pod("web"));
  assert.equal(asked.length, 4);
});
