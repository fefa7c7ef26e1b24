import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import type { RequestOptions } from "node:https";
import { resolve } from "node:path";
import { after, before, test } from "node:test";
import { setTimeout as delay } from "node:timers/promises";
import { promisify } from "node:util";
import { Connection } from "../../../src/cluster/connection.ts";
import { type PinnedTarget, pinTarget } from "../../../src/cluster/kubeconfig.ts";
import type { NamespaceWatch } from "../../../src/cluster/namespaceWatch.ts";
import { type Bed, bedReset, bedUp } from "../../bed/bed.ts";
import { testBedName } from "../../run/testBedName.ts";
import { type Fault, FaultyApi } from "./faultyApi.ts";

const bedOptions = { checkout: resolve(import.meta.dirname, "../../.."), name: testBedName(), log: () => {} };
/** A fault lasts at least this long, in ms: what is tried anew meets it several times. */
const lastsMs = 6000;
const repetitions = Number(process.env["PODBOOK_FAULTS"] ?? 10);
const reconnects = repetitions * 100;

const login = "<html><body>Please log in</body></html>";
const expired = '{"type":"ERROR","object":{"kind":"Status","code":410,"reason":"Expired","message":"too old"}}\n';
/** What can go wrong between Podbook and the API server. The first of a kind that breaks open watches resets them. */
const faults: Readonly<Record<string, Fault>> = {
  "a black hole": { kind: "black-hole" },
  "every connection reset": { kind: "reset" },
  "answers that come late": { kind: "late" },
  "answers that stop in the middle": { kind: "cut", bytes: 200, after: "silence" },
  "answers cut off in the middle": { kind: "cut", bytes: 200, after: "end" },
  "answers reset in the middle": { kind: "cut", bytes: 200, after: "reset" },
  "not a byte of an answer": { kind: "cut", bytes: 0, after: "silence" },
  "a login page": { kind: "text", text: login, type: "text/html" },
  "a login page that says it is JSON": { kind: "text", text: login, type: "application/json" },
  "empty answers": { kind: "text", text: "", type: "application/json" },
  "JSON that is no list": { kind: "text", text: "[1, null]\n", type: "application/json" },
  "bytes that are no text": { kind: "text", text: "\u0000\u0001\ufffd{{{\n", type: "application/json" },
  "a history that has expired": { kind: "text", text: expired, type: "application/json" },
  "401": { kind: "status", status: 401 },
  "403": { kind: "status", status: 403 },
  "404": { kind: "status", status: 404 },
  "410": { kind: "status", status: 410 },
  "429 that says when to come back": { kind: "status", status: 429, headers: { "retry-after": "1" } },
  "500": { kind: "status", status: 500 },
  "503": { kind: "status", status: 503 },
};

let bed: Bed;
let pinned: PinnedTarget;
let api: FaultyApi;
let watch: NamespaceWatch;
let news = () => {};

before(async () => {
  bed = await bedUp(bedOptions);
  await bedReset(bedOptions);
  pinned = await pinTarget([bed.kubeconfig], { kubeconfig: "", context: "", namespace: "pyairtable" });
  api = await FaultyApi.start(new URL(pinned.server), adminTls());
  const config = JSON.parse(pinned.kubeconfig);
  config.clusters[0].cluster = { server: api.url, "insecure-skip-tls-verify": true };
  const connection = new Connection({ ...pinned, server: api.url, kubeconfig: JSON.stringify(config) });
  watch = connection.watch({
    onChange: () => news(),
    onBug: (error) => assert.fail(error instanceof Error ? error : String(error)),
    now: Date.now,
  });
  await until(() => watch.freshness.state === "live", 10_000, "live at first");
});
after(async () => {
  watch?.dispose();
  await api?.close();
});

/** The certificates that the bed's kubeconfig names. */
function adminTls(): RequestOptions {
  const config = JSON.parse(pinned.kubeconfig);
  const file = (fields: Record<string, string>, name: string) =>
    fields[name] ? readFileSync(fields[name]) : Buffer.from(fields[`${name}-data`] ?? "", "base64");
  const { cluster } = config.clusters[0];
  const { user } = config.users[0];
  return {
    ca: file(cluster, "certificate-authority"),
    cert: file(user, "client-certificate"),
    key: file(user, "client-key"),
  };
}

async function kubectl(...args: string[]): Promise<string> {
  const options = { env: { ...process.env, KUBECONFIG: bed.kubeconfig } };
  return (await promisify(execFile)(bed.kubectl, [...args, "-n", "pyairtable"], options)).stdout;
}

const podNames = () => watch.workloads().flatMap(({ pods }) => pods.map(({ name }) => name));

/** Resolves with the ms until the condition holds; looks with every change that the watch tells. */
async function until(condition: () => boolean, withinMs: number, what: string): Promise<number> {
  const began = performance.now();
  const signal = AbortSignal.timeout(withinMs);
  while (!condition()) {
    await new Promise<void>((done, failed) => {
      news = done;
      const { freshness } = watch;
      signal.onabort = () => failed(new Error(`not ${what} within ${withinMs} ms: ${JSON.stringify(freshness)}`));
    });
  }
  return performance.now() - began;
}

for (const [name, fault] of Object.entries(faults)) {
  test(`${name}: stale within 15 s, right within 5 s of its end, in few requests`, async (context) => {
    const found: number[] = [];
    const back: number[] = [];
    api.fail({ kind: "none" });
    for (let round = 0; round < repetitions; round++) {
      await until(() => watch.freshness.state === "live", 30_000, "live before");
      const there = await kubectl("get", "pods", "-l", "app=api-gateway", "-o", "name");
      const victim = there.trim().split("\n").at(-1)?.replace("pod/", "") ?? "";
      await until(() => podNames().includes(victim), 30_000, "told of the pod that is deleted next");
      const beganAt = performance.now();
      api.fail(fault);
      // What only bends new answers must meet one: as a proxy that is restarted cuts what goes through it.
      if (fault.kind !== "black-hole") api.reset();
      await kubectl("delete", "pod", victim, "--grace-period=0", "--force");
      found.push(await until(() => watch.freshness.state === "stale", 15_000, "stale"));
      await delay(lastsMs);
      const seconds = (performance.now() - beganAt) / 1000;
      // The first attempts are the densest; twenty a minute are the most after them.
      const most = 9 + Math.ceil(seconds / 3);
      assert.ok(
        api.requests.length <= most,
        `${api.requests.length} requests in ${seconds.toFixed(1)} s: ${api.requests.join(" ")}`,
      );
      api.fail({ kind: "none" });
      const isRight = () => watch.freshness.state === "live" && !podNames().includes(victim);
      back.push(await until(isRight, 5000, "right again"));
    }
    const worst = (times: number[]) => `${Math.round(Math.max(...times))} ms`;
    context.diagnostic(`${name}: stale after at most ${worst(found)}, right at most ${worst(back)} after its end`);
  });
}

test(`${reconnects} connections that are cut leave neither sockets nor memory behind`, async (context) => {
  // Of pods and of three kinds of workload.
  const streams = 4;
  const rounds = async (count: number) => {
    for (let round = 0; round < count; round++) {
      // A watch that ends within a second counts as a failure, and is not asked for again at once.
      await delay(1100);
      api.endStreams();
      for (const deadline = performance.now() + 10_000; api.openCount < streams; await delay(5)) {
        assert.ok(performance.now() < deadline, `${api.openCount} of ${streams} streams after 10 s`);
      }
    }
  };
  api.fail({ kind: "none" });
  await rounds(reconnects / 10);
  globalThis.gc?.();
  const before = process.memoryUsage().heapUsed;
  await rounds(reconnects);
  globalThis.gc?.();
  const grown = (process.memoryUsage().heapUsed - before) / 1_000_000;
  context.diagnostic(`heap grew by ${grown.toFixed(1)} MB, ${api.openCount} streams open (${streams} before)`);
  assert.equal(api.openCount, streams);
  assert.ok(grown < 10, `${grown} MB`);
});
