import assert from "node:assert/strict";
import { test } from "node:test";
import type { NamespaceEvent } from "../../../src/cluster/namespaceEvents.ts";
import type { Pod } from "../../../src/cluster/pod.ts";
import type { Workload } from "../../../src/cluster/workload.ts";
import type { IncidentEntry } from "../../../src/incident/entry.ts";
import { entryWords } from "../../../src/incident/entryWords.ts";
import { ClusterFollower, type ClusterWays } from "../../../src/ui/incident/clusterFollower.ts";
import { time, workloads } from "../sampleWorkloads.ts";

const at = (second: number) => Date.parse(time(second));
const ready = { ready: true, since: 1 };
const by = "ana";
const note = (text: string, second: number): IncidentEntry => ({ type: "note", text, at: at(second), by });
const event = (id: string, reason: string): NamespaceEvent => ({
  ...{ id, warning: false, object: "Pod/db-0", reason, message: "x" },
});

/** A namespace that a test changes, with the window that follows it. */
function namespace(entries: IncidentEntry[]) {
  let now = at(0);
  let there: readonly Workload[] = [];
  let follow: Parameters<ClusterWays["watch"]>[0] | undefined;
  let tell: Parameters<ClusterWays["watchEvents"]>[1] | undefined;
  const asked: number[] = [];
  const open: string[] = [];
  const way = (name: string) => {
    open.push(name);
    return () => void open.splice(open.indexOf(name), 1);
  };
  const follower = new ClusterFollower({
    watch: (given) => {
      follow = given;
      return { freshness: { state: "live" }, workloads: () => there, dispose: way("pods") };
    },
    watchEvents: (since, onEvent) => {
      asked.push(since);
      tell = onEvent;
      return { dispose: way("events") };
    },
    entries: () => entries,
    note: (happening, when) => entries.push({ ...happening, at: when, by }),
    now: () => now,
  });
  return {
    follower,
    asked,
    open,
    words: () => entries.map(entryWords),
    /** The namespace is so from this second on; the pods are told of as a watch does. */
    shows: (second: number, next: readonly Workload[], before: Pod | null = null, after: Pod | null = null) => {
      now = at(second);
      there = next;
      if (before || after) follow?.onPod(before, after);
      follow?.onChange();
    },
    says: (told: NamespaceEvent, second: number) => tell?.(told, at(second)),
  };
}

test("pods, workloads and events are written down as they come", () => {
  const entries = [note("begun", 10)];
  const { follower, shows, says, words, asked, open } = namespace(entries);
  const whole = workloads(ready, ready);
  shows(11, whole);
  const [before] = whole[0]?.pods ?? [];
  const broken = workloads({ ready: false, since: 20 }, ready);
  const after = broken[0]?.pods.find(({ name }) => name === before?.name);
  shows(20, broken, before, after);
  says(event("1/1", "Unhealthy"), 21);
  assert.deepEqual(words(), [
    "Note: begun",
    "Pods: 2, all ready",
    "db-0: 1/1 Running → 0/1 Running",
    "db is not whole: 1/2 ready, main runs, but its readiness probe has not succeeded",
    "Pod/db-0: Unhealthy: x",
  ]);
  assert.deepEqual(asked, [at(10)]);
  assert.deepEqual(open, ["pods", "events"]);
  follower.dispose();
  assert.deepEqual(open, []);
});

test("events are asked for since the trouble began, where that was before the incident", () => {
  const { shows, asked } = namespace([note("begun", 50)]);
  shows(51, workloads({ ready: false, since: 20 }, ready));
  assert.deepEqual(asked, [at(20)]);
});

test("a window that goes on tells what came while there was none, and nothing twice", () => {
  const row = { status: "Running", ready: 1, total: 1, restarts: 0 };
  const entries: IncidentEntry[] = [
    note("begun", 10),
    { type: "pods", pods: ["db-0", "db-1", "db-8"].map((pod) => ({ pod, workload: "db", ...row })), at: at(11), by },
    { type: "pod", pod: "db-9", workload: "db", was: null, is: row, at: at(12), by },
    { type: "event", ...event("1/1", "Started"), at: at(13), by },
  ];
  const { shows, says, words } = namespace(entries);
  shows(40, workloads(ready, ready));
  says(event("1/1", "Started"), 13);
  says(event("1/2", "Started"), 30);
  assert.deepEqual(words().slice(4), ["db-8: 1/1 Running → gone", "db-9: 1/1 Running → gone", "Pod/db-0: Started: x"]);
});

test("a flood of pods and events ends, and the file says so", () => {
  const entries: IncidentEntry[] = [note("begun", 10)];
  const { shows, says, words } = namespace(entries);
  shows(11, workloads(ready, ready));
  for (let id = 0; id < 6000; id++) says(event(`1/${id}`, "BackOff"), 12);
  assert.equal(entries.filter(({ type }) => type === "event").length, 5000);
  assert.match(words().at(-1) ?? "", /5000 entries are enough/);
  shows(20, workloads(ready, { ready: false, since: 20 }));
  assert.match(words().at(-1) ?? "", /^db is not whole/);
});
