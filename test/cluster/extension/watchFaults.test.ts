import assert from "node:assert/strict";
import { execFile, execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import type { RequestOptions } from "node:https";
import { createServer } from "node:https";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { after, afterEach, before, beforeEach, test } from "node:test";
import { promisify } from "node:util";
import { Connection } from "../../../src/cluster/connection.ts";
import { type PinnedTarget, pinTarget } from "../../../src/cluster/kubeconfig.ts";
import type { Freshness, NamespaceWatch } from "../../../src/cluster/namespaceWatch.ts";
import { type Bed, bedReset, bedUp } from "../../bed/bed.ts";
import { testBedName } from "../../run/testBedName.ts";
import { CuttableProxy } from "./cuttableProxy.ts";
import { FaultyApi } from "./faultyApi.ts";

const bedOptions = { checkout: resolve(import.meta.dirname, "../../.."), name: testBedName(), log: () => {} };
let bed: Bed;
let pinned: PinnedTarget;
let api: FaultyApi;
let watched: Watched | undefined;
let folder: string;

before(async () => {
  bed = await bedUp(bedOptions);
  await bedReset(bedOptions);
  pinned = await pinTarget([bed.kubeconfig], { kubeconfig: "", context: "", namespace: "pyairtable" });
  folder = mkdtempSync(join(tmpdir(), "podbook-faults-"));
});
after(() => rmSync(folder, { recursive: true }));

beforeEach(async () => {
  api = await FaultyApi.start(new URL(pinned.server), adminTls());
});
afterEach(async () => {
  watched?.watch.dispose();
  watched = undefined;
  await api.close();
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

class Watched {
  readonly watch: NamespaceWatch;
  #clockAhead = 0;
  #news: () => void = () => {};

  constructor(server: string, user?: object) {
    const config = JSON.parse(pinned.kubeconfig);
    config.clusters[0].cluster.server = server;
    // client-node takes plain HTTP only where nothing is to be verified.
    if (server.startsWith("http:")) config.clusters[0].cluster = { server, "insecure-skip-tls-verify": true };
    if (user) config.users[0].user = user;
    const connection = new Connection({ ...pinned, server, kubeconfig: JSON.stringify(config) });
    this.watch = connection.watch({
      onChange: () => this.#news(),
      onBug: (error) => assert.fail(error instanceof Error ? error : String(error)),
      now: () => Date.now() + this.#clockAhead,
    });
  }

  /** The clock goes forward, as it does while a laptop sleeps. */
  sleep(ms: number): void {
    this.#clockAhead += ms;
  }

  /** Resolves with the time it took, in ms, until the condition holds. */
  async until(condition: (freshness: Freshness) => boolean, withinMs: number): Promise<number> {
    const began = performance.now();
    const signal = AbortSignal.timeout(withinMs);
    while (!condition(this.watch.freshness)) {
      await new Promise<void>((done, failed) => {
        this.#news = done;
        signal.onabort = () => failed(new Error(`not within ${withinMs} ms: ${JSON.stringify(this.watch.freshness)}`));
      });
    }
    return performance.now() - began;
  }

  async untilLive(withinMs = 6000): Promise<number> {
    return this.until(({ state }) => state === "live", withinMs);
  }

  pods(): string[] {
    return this.watch.workloads().flatMap(({ pods }) => pods.map(({ name }) => name));
  }
}

function follow(server: string, user?: object): Watched {
  watched = new Watched(server, user);
  return watched;
}

async function kubectl(...args: string[]): Promise<string> {
  const options = { env: { ...process.env, KUBECONFIG: bed.kubeconfig } };
  return (await promisify(execFile)(bed.kubectl, args, options)).stdout;
}

const isStale = ({ state }: Freshness) => state === "stale";

/** Deletes a pod and waits until the watch has seen it go. */
async function sawDeletion(view: Watched): Promise<void> {
  const victim = view.pods().find((name) => name.startsWith("api-gateway-")) ?? "";
  await kubectl("delete", "pod", "-n", "pyairtable", victim, "--grace-period=0", "--force");
  await view.until(() => !view.pods().includes(victim), 3000);
}

test("a black hole is found within 15 s, said as old knowledge, and recovered from within 5 s", async () => {
  const view = follow(api.url);
  await view.untilLive();
  const [victim = ""] = view.pods();
  api.fail({ kind: "black-hole" });
  await kubectl("delete", "pod", "-n", "pyairtable", victim, "--grace-period=0", "--force");
  const began = Date.now();
  const foundMs = await view.until(isStale, 15_000);
  const { freshness } = view.watch;
  assert.ok(freshness.state === "stale" && freshness.since <= began, "as of before the silence began");
  assert.ok(view.pods().includes(victim), "what was known last is kept");
  api.fail({ kind: "none" });
  const backMs = await view.until(({ state }) => state === "live" && !view.pods().includes(victim), 5000);
  console.log(`a black hole is stale after ${Math.round(foundMs)} ms, live ${Math.round(backMs)} ms after its end`);
});

for (const status of [401, 403, 410, 500]) {
  test(`answers of ${status} make the pods stale, in few requests, until they end`, async () => {
    const view = follow(api.url);
    await view.untilLive();
    api.fail({ kind: "status", status });
    api.reset();
    await view.until(isStale, 5000);
    const { freshness } = view.watch;
    assert.ok(freshness.state === "stale" && freshness.error.advice !== "");
    await new Promise((done) => setTimeout(done, 3000));
    // The first seconds have the densest attempts: about 0.5, 1, 2, 4.5, 4.5 … s apart.
    assert.ok(api.requests.length <= 8, `${api.requests.length} requests in 3 s: ${api.requests.join(" ")}`);
    api.fail({ kind: "none" });
    await view.untilLive();
    await sawDeletion(view);
  });
}

const login = "<html><body>Please log in</body></html>";
const answers = {
  "a login page": { kind: "text", text: login, type: "text/html" },
  "an empty answer": { kind: "text", text: "", type: "application/json" },
} as const;
for (const [what, fault] of Object.entries(answers)) {
  test(`${what} in the place of a watch makes the pods stale until it ends, though it is called a success`, async () => {
    const view = follow(api.url);
    await view.untilLive();
    api.fail(fault);
    api.endStreams();
    await view.until(isStale, 5000);
    const { freshness } = view.watch;
    assert.ok(freshness.state === "stale" && freshness.error.reason !== "expired");
    api.fail({ kind: "none" });
    await view.untilLive();
    await sawDeletion(view);
  });
}

test("a reset, and a clean close, are resumed without a list and without a failure that lasts", async () => {
  const view = follow(api.url);
  await view.untilLive();
  api.requests = [];
  api.reset();
  await view.until(isStale, 3000);
  await view.untilLive();
  await sawDeletion(view);
  api.endStreams();
  await sawDeletion(view);
  const lists = api.requests.filter((url) => url.includes("/pods?limit=100"));
  assert.deepEqual(lists, [], "the watch goes on from where it was");
});

test("after the computer slept everything is asked anew at once", async () => {
  const view = follow(api.url);
  await view.untilLive();
  api.requests = [];
  view.sleep(60_000);
  await view.until(isStale, 4000);
  const { freshness } = view.watch;
  assert.equal(freshness.state === "stale" && freshness.error.reason, "asleep");
  const backMs = await view.untilLive();
  assert.ok(backMs < 1000, `${backMs} ms`);
  await sawDeletion(view);
});

test("a token that is not accepted any more is renewed by the exec plugin, once for all watches", async () => {
  const tokens = join(folder, "tokens");
  const calls = join(folder, "calls");
  writeFileSync(tokens, "first");
  writeFileSync(calls, "");
  const script = `echo called >> ${calls}; printf '{"apiVersion":"client.authentication.k8s.io/v1","kind":"ExecCredential","status":{"token":"%s"}}' "$(cat ${tokens})"`;
  const exec = {
    apiVersion: "client.authentication.k8s.io/v1",
    command: "bash",
    args: ["-c", script],
    interactiveMode: "Never",
  };
  const called = () => readFileSync(calls, "utf8").trim().split("\n").length;
  api.fail({ kind: "token", token: "first" });
  const view = follow(api.url, { exec });
  await view.untilLive();
  assert.equal(called(), 1);
  writeFileSync(tokens, "second");
  api.fail({ kind: "token", token: "second" });
  api.reset();
  await view.until(isStale, 3000);
  await view.untilLive();
  assert.equal(called(), 2, "asked again once");
  await sawDeletion(view);
});

test("another certificate is refused, with what to do", async () => {
  const files = { key: join(folder, "key.pem"), cert: join(folder, "cert.pem") };
  const subject = ["-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1", "-days", "2"];
  const args = ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", files.key, "-out", files.cert, ...subject];
  execFileSync("openssl", args, { stdio: "ignore" });
  const impostor = createServer({ key: readFileSync(files.key), cert: readFileSync(files.cert) });
  await new Promise<void>((done) => impostor.listen(0, "127.0.0.1", done));
  const proxy = await CuttableProxy.start(new URL(pinned.server));
  try {
    const view = follow(proxy.url);
    await view.untilLive();
    const address = impostor.address();
    proxy.leadTo(new URL(`https://127.0.0.1:${typeof address === "object" && address ? address.port : 0}`));
    await view.until(isStale, 3000);
    await view.until((now) => now.state === "stale" && /certificate is not accepted/.test(now.error.message), 3000);
    proxy.leadTo(new URL(pinned.server));
    await view.untilLive();
  } finally {
    watched?.watch.dispose();
    await proxy.close();
    impostor.close();
  }
});

test("a watch that is disposed of during its first list leaves nothing open", async () => {
  api.fail({ kind: "black-hole" });
  const view = follow(api.url);
  while (api.requests.length < 4) await new Promise((done) => setTimeout(done, 10));
  view.watch.dispose();
  while (api.openCount > 0) await new Promise((done) => setTimeout(done, 10));
  api.fail({ kind: "none" });
  assert.deepEqual(view.watch.workloads(), []);
});
