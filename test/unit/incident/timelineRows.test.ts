import assert from "node:assert/strict";
import { test } from "node:test";
import type { IncidentEntry } from "../../../src/incident/entry.ts";
import { detailWords, timelineRows } from "../../../src/incident/timelineRows.ts";

const by = "ana";
const note = (at: number): IncidentEntry => ({ type: "note", text: `${at}`, at, by });
const pod = (at: number): IncidentEntry => ({ type: "pod", pod: "a", workload: "b", was: null, is: null, at, by });
const event = (at: number, warning: boolean): IncidentEntry => ({
  ...{ type: "event", id: `${at}`, warning, object: "Pod/a", reason: "r", message: "m", at, by },
});

/** Each row as its times. */
const shape = (entries: IncidentEntry[]) =>
  timelineRows(entries).map((row) => (row.kind === "entry" ? row.entry.at : row.entries.map(({ at }) => at)));

test("details stand together between what matters, the newest first", () => {
  const entries = [note(1), pod(2), event(3, false), pod(4), note(5), pod(6), event(7, true), event(8, false), pod(9)];
  assert.deepEqual(shape(entries.toReversed()), [[9, 8], 7, 6, 5, [4, 3, 2], 1]);
  assert.deepEqual(shape([]), []);
});

test("details are counted in words", () => {
  assert.equal(detailWords([pod(1), pod(2), event(3, false)]), "2 changes of pods, 1 event");
  assert.equal(detailWords([event(3, false), event(4, false)]), "2 events");
  assert.equal(detailWords([pod(1)]), "1 change of pods");
});
