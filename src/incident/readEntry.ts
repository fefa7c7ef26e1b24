import type { Happening, IncidentEntry } from "./entry.ts";
import { type Check, flag, listOf, moment, number, oneOf, optional, orNull, shaped, text } from "./shapes.ts";

const effect = oneOf("read", "change", "destroy");
const seconds: Check = (value) => listOf(number)(value) && (value as unknown[]).length === 2;
const target = orNull(shaped({ context: text, namespace: text }));
const rowFields = { status: text, ready: number, total: number, restarts: number };
const row = shaped(rowFields);
const podThere = shaped({ pod: text, workload: text, ...rowFields });
const command = shaped({ text, effect, outcome: text });

/** What each type of entry holds. */
const entries: Readonly<Record<Happening["type"], Check>> = {
  started: shaped({
    title: text,
    runbook: orNull(text),
    scenario: optional(text),
    impact: orNull(text),
    expected: orNull(seconds),
    workloads: listOf(text),
    target,
  }),
  decided: shaped({ agreed: flag, title: text, hits: listOf(text) }),
  run: shaped({
    title: text,
    effect,
    target,
    commands: listOf(command),
    result: text,
    succeeded: flag,
    endedAt: moment,
  }),
  workload: shaped({ name: text, whole: flag, ready: number, wanted: number, why: text, since: optional(moment) }),
  restart: shaped({ workload: text, pod: text, why: text }),
  recovery: shaped({
    scenario: text,
    target,
    startedAt: moment,
    endedAt: moment,
    recovered: flag,
    expected: orNull(seconds),
    why: text,
  }),
  pod: shaped({ pod: text, workload: text, was: orNull(row), is: orNull(row) }),
  pods: shaped({ pods: listOf(podThere) }),
  event: shaped({ id: text, warning: flag, object: text, reason: text, message: text }),
  metric: shaped({ query: text, words: text, value: number }),
  note: shaped({ text }),
  ended: () => true,
};
const anyEntry = shaped({ at: moment, by: text });

/**
 * The entry of a line of an incident's file; null where it is none, as the last one of a file that was cut off. The file may
 * be a colleague's: what is no entry in every field is none.
 */
export function readEntry(line: string): IncidentEntry | null {
  try {
    const entry: unknown = JSON.parse(line);
    if (!anyEntry(entry)) return null;
    const type = String((entry as { readonly type?: unknown }).type);
    return isType(type) && entries[type](entry) ? (entry as IncidentEntry) : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

/** The entries of a file's text, which may also be an exported list; lines that are none are left out. */
export function readEntries(text: string): IncidentEntry[] {
  const lines = text.trimStart().startsWith("[") ? listed(text) : text.split("\n");
  return lines.flatMap((line) => readEntry(line) ?? []);
}

function isType(type: string): type is Happening["type"] {
  return Object.hasOwn(entries, type);
}

function listed(text: string): string[] {
  try {
    const list: unknown = JSON.parse(text);
    return Array.isArray(list) ? list.map((entry) => JSON.stringify(entry)) : [];
  } catch (error) {
    if (error instanceof SyntaxError) return [];
    throw error;
  }
}
