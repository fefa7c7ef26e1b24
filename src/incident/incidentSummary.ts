import { describeTarget } from "../plan/plan.ts";
import { rangeWords, secondsWords } from "../recovery/recoveryClock.ts";
import type { MailText } from "./contactMail.ts";
import { entriesOf, type IncidentEntry } from "./entry.ts";
import { entryWords } from "./entryWords.ts";
import { isDetail } from "./timelineRows.ts";
import { incidentTimes } from "./times.ts";

/** A mail is no report: the newest are enough. */
const mostEntries = 8;
const mostWords = 160;

/** As in `recovered in 1 min 15 s (expected 30–60 s, late by 15 s)`. `entries` are in order. */
export function recoveryWords(entries: readonly IncidentEntry[]): string {
  const expected = entriesOf(entries, "started")[0]?.expected;
  const { began, recovered } = incidentTimes(entries);
  const took = recovered === null ? null : (recovered - began) / 1000;
  const late = expected && took !== null && took > expected[1] ? `, late by ${secondsWords(took - expected[1])}` : "";
  const against = expected ? ` (expected ${rangeWords(expected)}${late})` : "";
  return `${took === null ? "not recovered" : `recovered in ${secondsWords(took)}`}${against}`;
}

/** An incident in a few plain lines, for a mail: what, where, how it stands, and what happened last. `clock` as in the report. */
export function incidentSummary(entries: readonly IncidentEntry[], clock: (at: number) => string): MailText {
  const [started] = entriesOf(entries, "started");
  const latest = entries
    .filter((entry) => !isDetail(entry))
    .slice(-mostEntries)
    .map((entry) => `${clock(entry.at)}  ${short(entryWords(entry))}`);
  const lines = [
    `Began: ${clock(incidentTimes(entries).began)}`,
    `Where: ${short(describeTarget(started?.target ?? null))}`,
    ...(started?.impact ? [`Impact: ${short(started.impact)}`] : []),
    ...(started?.runbook ? [`Runbook: ${short(started.runbook)}`] : []),
    `Recovery: ${recoveryWords(entries)}`,
    "",
    ...latest,
  ];
  return { subject: `Incident: ${short(started?.title ?? "")}`, body: lines.join("\n") };
}

function short(words: string): string {
  const line = words.slice(0, mostWords).replaceAll(/\s+/g, " ");
  return words.length > mostWords ? `${line}…` : line;
}
