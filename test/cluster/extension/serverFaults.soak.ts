import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { readFileSync, readlinkSync } from "node:fs";
import { afterEach, before, beforeEach, describe, it } from "node:test";
import { setTimeout as delay } from "node:timers/promises";
import { bedProcesses, type RunningProcess, stillRuns } from "../../bed/processes.ts";
import { bedPaths } from "../../bed/state.ts";
import { kubectl } from "../../run/kubectl.ts";
import { FaultyBed, isLive, isStale } from "./faultyBed.ts";

const repetitions = Number(process.env["PODBOOK_FAULTS"] ?? 10);
const lastsMs = 6000;

/** A server that has been killed or stopped, and what makes it go on. */
interface Outage {
  readonly end: () => void;
}

/** Kills a server; its end starts it again as it was started: same program, arguments, environment and state. */
async function kill(server: RunningProcess): Promise<Outage> {
  const { pid } = server;
  const proc = (file: string) => readFileSync(`/proc/${pid}/${file}`, "utf8").split("\0").slice(0, -1);
  const [program = "", ...args] = proc("cmdline");
  const env = Object.fromEntries(proc("environ").map((line) => line.split(/=(.*)/s, 2)));
  const cwd = readlinkSync(`/proc/${pid}/cwd`);
  process.kill(pid, "SIGKILL");
  while (stillRuns(server)) await delay(20);
  return { end: () => spawn(program, args, { cwd, env, detached: true, stdio: "ignore" }).unref() };
}

/** Stops a server as it stands; connections stay open, and nothing answers. */
async function freeze({ pid }: RunningProcess): Promise<Outage> {
  process.kill(pid, "SIGSTOP");
  return { end: () => process.kill(pid, "SIGCONT") };
}

describe("servers that fail", () => {
  let faulty: FaultyBed;

  before(async () => {
    faulty = await FaultyBed.open();
  });
  beforeEach(() => faulty.begin());
  afterEach(() => faulty.end());

  const outages = { killed: kill, frozen: freeze };
  for (const server of ["kube-apiserver", "etcd"]) {
    for (const [how, fail] of Object.entries(outages)) {
      it(`${server} ${how}: stale within 15 s, right within 5 s of the API's return`, async (context) => {
        const { bed } = faulty;
        const { stateDir } = bedPaths(bed);
        const found: number[] = [];
        const back: number[] = [];
        const view = faulty.follow();
        for (let round = 0; round < repetitions; round++) {
          const victim = `victim-${server}-${how}-${round}`;
          await faulty.createPod(victim);
          await view.until((now) => isLive(now) && view.pods().includes(victim), 30_000);
          const running = bedProcesses(stateDir).find(({ command }) => command === server);
          assert.ok(running, `${server} runs`);
          const outage = await fail(running);
          faulty.api.requests = [];
          found.push(await view.until(isStale, 15_000));
          await delay(lastsMs);
          assert.ok(faulty.api.requests.length <= 20, `${faulty.api.requests.length} requests in less than a minute`);
          outage.end();
          // Whoever follows must be right soon after a person with kubectl could be.
          await untilReady(() => kubectl(bed, "get", "--raw", "/readyz", "--request-timeout=2s"));
          await faulty.deletePod(victim);
          back.push(await view.until((now) => isLive(now) && !view.pods().includes(victim), 5000));
        }
        const worst = (times: number[]) => `${Math.round(Math.max(...times))} ms`;
        context.diagnostic(`${server} ${how}: stale after at most ${worst(found)}, right at most ${worst(back)} later`);
      });
    }
  }
});

async function untilReady(ask: () => Promise<unknown>): Promise<void> {
  for (const deadline = performance.now() + 120_000; ; await delay(100)) {
    try {
      await ask();
      return;
    } catch (error) {
      if (performance.now() > deadline) throw error;
    }
  }
}
