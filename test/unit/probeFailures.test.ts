import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { ClusterError } from "../../src/cluster/clusterError.ts";
import { slimPod } from "../../src/cluster/pod.ts";
import { ProbeFailures } from "../../src/cluster/probeFailures.ts";

const failure = "Readiness probe failed: HTTP probe failed with statuscode: 503";

function pod(uid: string, ready: boolean) {
  return slimPod({
    metadata: { name: `web-${uid}`, uid },
    spec: { containers: [{ name: "main" }] },
    status: { phase: "Running", containerStatuses: [{ name: "main", ready, state: { running: {} } }] },
  });
}

/** Asks with answers that are given in turn; one that is an Error is raised. */
function followed(context: TestContext, ...answers: (Readonly<Record<string, string>> | ClusterError)[]) {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  const known: string[] = [];
  let asked = 0;
  const probes = new ProbeFailures({
    ask: async () => {
      const answer = answers[asked++] ?? {};
      if (answer instanceof ClusterError) throw answer;
      return new Map(Object.entries(answer));
    },
    onKnown: ({ name, trouble }) => known.push(`${name}: ${trouble.why}`),
    onBug: (error) => assert.fail(String(error)),
  });
  context.after(() => probes.dispose());
  const pass = async (ms: number) => {
    context.mock.timers.tick(ms);
    // The answer and what follows it.
    await new Promise(setImmediate);
  };
  return { probes, known, pass, asked: () => asked };
}

test("a pod that stays unready is explained by the event of its probe, also when it changes", async (context) => {
  const { probes, known, pass, asked } = followed(context, {}, { 1: failure });
  assert.match(probes.explained(pod("1", false)).trouble.why, /has not succeeded$/);
  await pass(3000);
  assert.equal(asked(), 1);
  await pass(9999);
  assert.equal(asked(), 1);
  await pass(1);
  assert.deepEqual(known, [`web-1: ${failure}`]);
  const { trouble } = probes.explained(pod("1", false));
  assert.deepEqual([trouble.severity, trouble.why], ["warning", failure]);
  await pass(60_000);
  assert.equal(asked(), 2);
  assert.equal(probes.explained(pod("1", true)).trouble.why, "");
  assert.match(probes.explained(pod("1", false)).trouble.why, /has not succeeded$/, "what was said before is over");
});

test("nothing is asked for pods that only start, or go", async (context) => {
  const { probes, pass, asked } = followed(context);
  probes.explained(pod("1", false));
  probes.explained(pod("2", false));
  probes.explained(pod("1", true));
  probes.forget("2");
  await pass(60_000);
  assert.equal(asked(), 0);
});

test("a pod without events is asked for three times, whatever it does meanwhile", async (context) => {
  const { probes, pass, asked } = followed(context);
  for (let second = 0; second < 120; second++) {
    probes.explained(pod("1", false));
    await pass(1000);
  }
  assert.equal(asked(), 3);
});

test("who may not see events is not asked for again; another failure is", async (context) => {
  const forbidden = new ClusterError("forbidden", "No.", "Ask for a role.");
  const away = new ClusterError("unreachable", "Away.", "Wait.");
  const { probes, pass, asked } = followed(context, away, forbidden);
  probes.explained(pod("1", false));
  await pass(3000);
  await pass(10_000);
  assert.equal(asked(), 2);
  probes.explained(pod("2", false));
  await pass(60_000);
  assert.equal(asked(), 2);
});
