import assert from "node:assert/strict";
import { before, describe, it, type TestContext } from "node:test";
import { setTimeout as delay } from "node:timers/promises";
import { until } from "../../run/until.ts";
import type { Fault } from "./faultyApi.ts";
import { FaultyBed, isLive, isStale } from "./faultyBed.ts";

/** A fault lasts at least this long, in ms: what is tried anew meets it several times. */
const lastsMs = 6000;
const repetitions = Number(process.env["PODBOOK_FAULTS"] ?? 10);
const reconnects = repetitions * 100;
/** Of pods and of three kinds of workload. */
const streams = 4;

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

let faulty: FaultyBed;

/** Another line to the API server, for this test alone. */
async function lineOf(context: TestContext): Promise<FaultyBed> {
  const line = faulty.beside();
  await line.begin();
  context.after(() => line.end());
  return line;
}

before(async () => {
  faulty = await FaultyBed.open();
});

// They wait most of the time.
describe("kinds of fault", { concurrency: 6 }, () => {
  for (const [index, [name, fault]] of Object.entries(faults).entries()) {
    it(`${name}: stale within 15 s, right within 5 s of its end, in few requests`, async (context) => {
      const found: number[] = [];
      const back: number[] = [];
      const line = await lineOf(context as TestContext);
      const { api } = line;
      const view = line.follow();
      for (let round = 0; round < repetitions; round++) {
        const victim = `victim-${index}-${round}`;
        await line.createPod(victim);
        await view.until((now) => isLive(now) && view.pods().includes(victim), 30_000);
        const beganAt = performance.now();
        api.fail(fault);
        // What only bends new answers must meet one: as a proxy that is restarted cuts what goes through it.
        if (fault.kind !== "black-hole") api.reset();
        await line.deletePod(victim);
        found.push(await view.until(isStale, 15_000));
        await delay(lastsMs);
        const seconds = (performance.now() - beganAt) / 1000;
        // The first attempts are the densest; twenty a minute are the most after them.
        const most = 9 + Math.ceil(seconds / 3);
        assert.ok(
          api.requests.length <= most,
          `${api.requests.length} requests in ${seconds.toFixed(1)} s: ${api.requests.join(" ")}`,
        );
        api.fail({ kind: "none" });
        back.push(await view.until((now) => isLive(now) && !view.pods().includes(victim), 5000));
      }
      const worst = (times: number[]) => `${Math.round(Math.max(...times))} ms`;
      context.diagnostic(`${name}: stale after at most ${worst(found)}, right at most ${worst(back)} after its end`);
    });
  }

  for (const [name, fault] of Object.entries(faults)) {
    it(`${name} for a minute: at most 20 requests`, async (context) => {
      const line = await lineOf(context as TestContext);
      const { api } = line;
      await line.follow().untilLive(30_000);
      // What is only just being asked for is not what a fault makes.
      await until(() => api.openCount === streams, "every watch open", 10_000);
      api.fail(fault);
      if (fault.kind !== "black-hole") api.reset();
      await delay(60_000);
      context.diagnostic(`${name}: ${api.requests.length} requests in a minute`);
      assert.ok(api.requests.length <= 20, `${api.requests.length} requests in a minute: ${api.requests.join(" ")}`);
    });
  }
});

describe("connections that are cut", () => {
  it(`${reconnects} times leave neither sockets nor memory behind`, async (context) => {
    const line = await lineOf(context as TestContext);
    const { api } = line;
    await line.follow().untilLive(30_000);
    const rounds = async (count: number) => {
      for (let round = 0; round < count; round++) {
        // A watch that ends within a second counts as a failure, and is not asked for again at once.
        await delay(1100);
        api.endStreams();
        await until(() => api.openCount === streams, `${streams} streams open`, 10_000);
      }
    };
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
});
