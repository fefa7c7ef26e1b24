import assert from "node:assert/strict";
import { test } from "node:test";
import { type FoundLink, isPodName, LinkFinder } from "../../../src/ui/output/findLinks.ts";

function findLinks(lines: readonly string[]): FoundLink[] {
  const finder = new LinkFinder();
  return lines.flatMap((text, line) => finder.next(text, line));
}

/** The linked text with what it leads to, such as `postgres-0 pod`. */
function found(text: string): string[] {
  const lines = text.split("\n");
  return findLinks(lines).map((link) => `${lines[link.line]?.slice(link.start, link.end)} ${goal(link)}`);
}

function goal({ to, run }: FoundLink): string {
  if (to.kind === "file") return `file ${to.path} ${to.line}:${to.column} #${run}`;
  return to.kind === "pod" ? `pod ${to.name}` : `all of #${run}`;
}

test("the NAME column of a table of pods leads to pods, that of another table does not", () => {
  const text = `▶ 02:14:03 #1 Detection [kind/pyairtable]
NAME                          READY   STATUS             RESTARTS      AGE
api-gateway-7d9c5b8f6-x2x4k   1/1     Running            0             3d4h
postgres-0                    0/1     Pending            0             5m12s

NAME          READY   UP-TO-DATE   AVAILABLE   AGE
api-gateway   2/2     2            2           3d
NAMESPACE   NAME         READY   STATUS    RESTARTS   AGE
other       one-pod-1    1/1     Running   0          1d
NAME                          CPU(cores)   MEMORY(bytes)
auth-service-5f6c7d8b9-abcde  1m           20Mi
NAME     CPU(cores)   CPU(%)   MEMORY(bytes)   MEMORY(%)
node-1   1m           1%       20Mi            1%`;
  assert.deepEqual(found(text), [
    "api-gateway-7d9c5b8f6-x2x4k pod api-gateway-7d9c5b8f6-x2x4k",
    "postgres-0 pod postgres-0",
    "one-pod-1 pod one-pod-1",
    "auth-service-5f6c7d8b9-abcde pod auth-service-5f6c7d8b9-abcde",
  ]);
});

test("a table ends where something else is printed, or the next command begins", () => {
  const header = "NAME         READY   STATUS    RESTARTS   AGE";
  assert.deepEqual(found(`${header}\nsee the notes\nx-1   1/1   Running   0   1d`), []);
  assert.deepEqual(found(`${header}\n⏵ echo\nx-1   1/1   Running   0   1d`), []);
});

test("tables of runs that write at once are kept apart", () => {
  const text = `[1] NAME         READY   STATUS    RESTARTS   AGE
[2] NAME     READY   UP-TO-DATE   AVAILABLE   AGE
[1] pod-of-1     1/1     Running   0          1d
[2] deploy   2/2     2            2           3d
[1] pod-2-of-1   1/1     Running   0          1d`;
  assert.deepEqual(found(text), ["pod-of-1 pod pod-of-1", "pod-2-of-1 pod pod-2-of-1"]);
});

test("pods are found as kubectl mentions them", () => {
  assert.deepEqual(found('pod "postgres-0" deleted\npod/api-1 condition met\nlogs of pods/api-2, pods/'), [
    "postgres-0 pod postgres-0",
    "api-1 pod api-1",
    "api-2 pod api-2",
  ]);
});

test("files are found with their line and column, and told the run that names them", () => {
  const text = `▶ 02:14:03 #7 Title [kind/x]
at main.go:12:3 and ./scripts/check.sh and src/a/b.ts:9 (see docs/x.md)
[3] lib/x.py:4
words like e.g. and 12:30:01 and https://example.com/a/b.html:80 and key=value/x --flag/x a:b`;
  assert.deepEqual(found(text), [
    "main.go:12:3 file main.go 12:3 #7",
    "./scripts/check.sh file ./scripts/check.sh null:null #7",
    "src/a/b.ts:9 file src/a/b.ts 9:null #7",
    "docs/x.md file docs/x.md null:null #7",
    "lib/x.py:4 file lib/x.py 4:null #3",
  ]);
});

test("commands and results are not output, and what was left out leads to all of its run", () => {
  const text = `⏵ cat a/b.txt pod/x
│ kubectl get pod/y
⋯ #12 48.2 MB left out here · Podbook: Open Full Output has all of it
✗ #12 failed, exit 1 · 0.3 s`;
  assert.deepEqual(found(text), ["Podbook: Open Full Output all of #12"]);
});

test("nothing but a pod's name is taken for one", () => {
  for (const name of ["a", "postgres-0", "a.b-c", "x".repeat(253)]) assert.ok(isPodName(name), name);
  const hostile = ["", "-a", "a-", "A", "a b", "a;b", "a\n", "$(x)", "../a", 'a"', "x".repeat(254), 7, null, ["a"]];
  for (const name of hostile) assert.ok(!isPodName(name), JSON.stringify(name));
});

test("long hostile lines take no long time", () => {
  const lines = [
    "a/".repeat(1000),
    "a.".repeat(1000),
    "pod/".repeat(500),
    `pod/${"a-".repeat(1000)}`,
    "/".repeat(2000),
  ];
  const before = process.cpuUsage().user;
  for (let round = 0; round < 20; round++) findLinks(lines);
  assert.ok(process.cpuUsage().user - before < 2_000_000, "100 such lines take less than 2 s of the processor");
});
