import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, afterEach, before, beforeEach, test } from "node:test";
import { CuttableProxy } from "./cuttableProxy.ts";
import { FaultyBed, isStale } from "./faultyBed.ts";

let folder: string;
let faulty: FaultyBed;

before(async () => {
  faulty = await FaultyBed.open();
  folder = mkdtempSync(join(tmpdir(), "podbook-faults-"));
});
after(() => rmSync(folder, { recursive: true }));
beforeEach(() => faulty.begin());
afterEach(() => faulty.end());

test("a black hole is found within 15 s, said as old knowledge, and recovered from within 5 s", async () => {
  const view = faulty.follow();
  await view.untilLive();
  const [victim = ""] = view.pods();
  faulty.api.fail({ kind: "black-hole" });
  await faulty.deletePod(victim);
  const began = Date.now();
  const foundMs = await view.until(isStale, 15_000);
  const { freshness } = view.watch;
  assert.ok(freshness.state === "stale" && freshness.since <= began, "as of before the silence began");
  assert.ok(view.pods().includes(victim), "what was known last is kept");
  faulty.api.fail({ kind: "none" });
  const backMs = await view.until(({ state }) => state === "live" && !view.pods().includes(victim), 5000);
  console.log(`a black hole is stale after ${Math.round(foundMs)} ms, live ${Math.round(backMs)} ms after its end`);
});

test("a reset, and a clean close, are resumed without a list and without a failure that lasts", async () => {
  const view = faulty.follow();
  await view.untilLive();
  faulty.api.requests = [];
  faulty.api.reset();
  await view.until(isStale, 3000);
  await view.untilLive();
  await faulty.sawDeletion(view);
  faulty.api.endStreams();
  await faulty.sawDeletion(view);
  const lists = faulty.api.requests.filter((url) => url.includes("/pods?limit=100"));
  assert.deepEqual(lists, [], "the watch goes on from where it was");
});

test("after the computer slept everything is asked anew at once", async () => {
  const view = faulty.follow();
  await view.untilLive();
  faulty.api.requests = [];
  view.sleep(60_000);
  await view.until(isStale, 4000);
  const { freshness } = view.watch;
  assert.equal(freshness.state === "stale" && freshness.error.reason, "asleep");
  const backMs = await view.untilLive();
  assert.ok(backMs < 1000, `${backMs} ms`);
  await faulty.sawDeletion(view);
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
  faulty.api.fail({ kind: "token", token: "first" });
  const view = faulty.follow(faulty.api.url, { exec });
  await view.untilLive();
  assert.equal(called(), 1);
  writeFileSync(tokens, "second");
  faulty.api.fail({ kind: "token", token: "second" });
  faulty.api.reset();
  await view.until(isStale, 3000);
  await view.untilLive();
  assert.equal(called(), 2, "asked again once");
  await faulty.sawDeletion(view);
});

test("another certificate is refused, with what to do", async () => {
  const files = { key: join(folder, "key.pem"), cert: join(folder, "cert.pem") };
  const subject = ["-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1", "-days", "2"];
  const args = ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", files.key, "-out", files.cert, ...subject];
  execFileSync("openssl", args, { stdio: "ignore" });
  const impostor = createServer({ key: readFileSync(files.key), cert: readFileSync(files.cert) });
  await new Promise<void>((done) => impostor.listen(0, "127.0.0.1", done));
  const proxy = await CuttableProxy.start(new URL(faulty.pinned.server));
  try {
    const view = faulty.follow(proxy.url);
    await view.untilLive();
    const address = impostor.address();
    proxy.leadTo(new URL(`https://127.0.0.1:${typeof address === "object" && address ? address.port : 0}`));
    await view.until(isStale, 3000);
    await view.until((now) => now.state === "stale" && /certificate is not accepted/.test(now.error.message), 3000);
    proxy.leadTo(new URL(faulty.pinned.server));
    await view.untilLive();
  } finally {
    await faulty.end();
    await proxy.close();
    impostor.close();
  }
});

test("a watch that is disposed of during its first list leaves nothing open", async () => {
  faulty.api.fail({ kind: "black-hole" });
  const view = faulty.follow();
  while (faulty.api.requests.length < 4) await new Promise((done) => setTimeout(done, 10));
  view.watch.dispose();
  while (faulty.api.openCount > 0) await new Promise((done) => setTimeout(done, 10));
  faulty.api.fail({ kind: "none" });
  assert.deepEqual(view.watch.workloads(), []);
});
