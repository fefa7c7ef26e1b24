import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { after, test } from "node:test";
import { ClusterError } from "../../src/cluster/clusterError.ts";
import { kubeconfigFiles, pinTarget } from "../../src/cluster/kubeconfig.ts";

const folder = mkdtempSync(join(tmpdir(), "podbook-kubeconfig-"));
after(() => rmSync(folder, { recursive: true }));
const anyTarget = { kubeconfig: "", context: "", namespace: "" };

function file(name: string, content: string): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

const two = file(
  "two",
  `
apiVersion: v1
kind: Config
current-context: first
contexts:
- {name: first, context: {cluster: c1, user: u1}}
- {name: second, context: {cluster: c2, user: u2, namespace: own}}
clusters:
- {name: c1, cluster: {server: "https://one:6443", certificate-authority: pki/ca.crt, tls-server-name: odd}}
- {name: c2, cluster: {server: "https://two:6443", proxy-url: "http://proxy:1"}}
users:
- {name: u1, user: {token: t1}}
- {name: u2, user: {exec: {command: ./bin/login, args: [a], apiVersion: client.authentication.k8s.io/v1}}}
`,
);

async function reasonOf(promise: Promise<unknown>): Promise<string> {
  const error = await promise.then(
    () => assert.fail("no error"),
    (thrown: unknown) => thrown,
  );
  assert.ok(error instanceof ClusterError, String(error));
  assert.notEqual(error.advice, "");
  return error.reason;
}

test("the files are the chosen one, else KUBECONFIG's, else the default", () => {
  assert.deepEqual(kubeconfigFiles("~/x", {}, "/home/me"), ["/home/me/x"]);
  assert.deepEqual(kubeconfigFiles("", { KUBECONFIG: `/a${delimiter}${delimiter}/b` }, "/home/me"), ["/a", "/b"]);
  assert.deepEqual(kubeconfigFiles("", { KUBECONFIG: "" }, "/home/me"), [join("/home/me", ".kube", "config")]);
});

test("the pinned kubeconfig holds the one context, its namespace, and nothing of the others", async () => {
  const { target, server, kubeconfig } = await pinTarget([two], { ...anyTarget, namespace: "pyairtable" });
  assert.deepEqual([target, server], [{ context: "first", namespace: "pyairtable" }, "https://one:6443"]);
  const pinned = JSON.parse(kubeconfig);
  assert.equal(pinned["current-context"], "first");
  assert.equal(pinned.contexts[0].context.namespace, "pyairtable");
  assert.deepEqual(pinned.clusters[0].cluster, {
    server: "https://one:6443",
    "certificate-authority": join(folder, "pki/ca.crt"),
    "tls-server-name": "odd",
  });
  assert.deepEqual([pinned.contexts.length, pinned.clusters.length, pinned.users.length], [1, 1, 1]);
});

test("a chosen context is pinned with its own namespace; a relative login command becomes absolute", async () => {
  const { target, kubeconfig } = await pinTarget([two], { ...anyTarget, context: "second" });
  assert.deepEqual(target, { context: "second", namespace: "own" });
  const pinned = JSON.parse(kubeconfig);
  assert.equal(pinned.users[0].user.exec.command, join(folder, "bin/login"));
  assert.equal(pinned.clusters[0].cluster["proxy-url"], "http://proxy:1");
});

test("of several files the first that names something wins, and missing ones do not matter", async () => {
  const other = file(
    "other",
    "current-context: third\ncontexts:\n- {name: first, context: {cluster: c9, user: u9}}\n- {name: third, context: {cluster: c1, user: u1}}\n",
  );
  const missing = join(folder, "missing");
  assert.equal((await pinTarget([missing, two, other], anyTarget)).target.context, "first");
  const third = await pinTarget([other, two], anyTarget);
  assert.deepEqual([third.target.context, third.server], ["third", "https://one:6443"]);
});

test("every way to be wrong has its own reason and an advice", async () => {
  assert.equal(await reasonOf(pinTarget([join(folder, "none")], anyTarget)), "no-kubeconfig");
  assert.equal(await reasonOf(pinTarget([file("bad", "a: [unclosed")], anyTarget)), "bad-kubeconfig");
  assert.equal(await reasonOf(pinTarget([file("text", "just words")], anyTarget)), "bad-kubeconfig");
  assert.equal(await reasonOf(pinTarget([folder], anyTarget)), "bad-kubeconfig");
  assert.equal(await reasonOf(pinTarget([file("empty-context", "contexts: []\n")], anyTarget)), "no-context");
  assert.equal(await reasonOf(pinTarget([two], { ...anyTarget, context: "nowhere" })), "no-context");
  const dangling = file("dangling", "current-context: x\ncontexts:\n- {name: x, context: {cluster: gone, user: u}}\n");
  assert.equal(await reasonOf(pinTarget([dangling], anyTarget)), "bad-kubeconfig");
});

test("no error message holds a credential", async () => {
  const broken = file("broken", "users:\n- name: u\n  user:\n    token: SECRET-TOKEN\n   bad: indent\n");
  await assert.rejects(pinTarget([broken], anyTarget), (error: Error) => !error.message.includes("SECRET-TOKEN"));
});
