import { describeTarget } from "../plan/plan.ts";
import { drillTitle } from "../recovery/actions.ts";
import { measuredWords } from "../recovery/measuredRecovery.ts";
import { rangeWords, secondsWords } from "../recovery/recoveryClock.ts";
import type { RecoverySeconds } from "../runbook/recoveryTime.ts";
import { isPlainAddress } from "./contactMail.ts";
import { entriesOf, type IncidentEntry } from "./entry.ts";
import { entryWords } from "./entryWords.ts";
import { escapeMarkdown, fenced } from "./escapeMarkdown.ts";
import { recoveryWords } from "./incidentSummary.ts";
import { metricsSection, type ReportMetrics } from "./metricsSection.ts";
import { incidentTimes } from "./times.ts";
import { unexpected } from "./unexpected.ts";

/** Someone to call. */
export interface ReportContact {
  readonly text: string;
  /** Where to write to; null where that is not known. */
  readonly email: string | null;
}

/** What the runbook gives to the report. */
export interface ReportSources {
  /** What is to be done afterwards, as the runbook has it. */
  readonly checklist: readonly string[];
  readonly contacts: readonly ReportContact[];
  /** The runbook's metrics over the incident's time; null where it names none. */
  readonly metrics: ReportMetrics | null;
  /** A time (ms since the epoch) as the person's clock shows it: `2026-11-25 03:00:00`. */
  readonly clock: (at: number) => string;
}

/** The report of an incident as Markdown. `entries` are in order. What people and the cluster have said is shown as it is. */
export function incidentReport(entries: readonly IncidentEntry[], sources: ReportSources): string {
  const [started] = entriesOf(entries, "started");
  const named = started?.title ?? "Incident";
  const title = `${named.startsWith(drillTitle) ? "" : "Incident: "}${escapeMarkdown(named)}`;
  const parts = [
    `# ${title}`,
    summary(entries, sources),
    `## Times\n\n${times(entries)}`,
    `## Timeline\n\n${timeline(entries, sources)}`,
    ...(sources.metrics ? [`## Metrics\n\n${metricsSection(sources.metrics)}`] : []),
    `## Manual Interventions\n\n${interventions(entries, sources)}`,
    `## Unexpected Behaviour\n\n${list(unexpected(entries), "Nothing was seen that was not expected.")}`,
    `## Commands\n\n${commands(entries, sources)}`,
    ...(sources.checklist.length > 0
      ? [`## Post-Incident Actions\n\n${sources.checklist.map((text) => `- [ ] ${escapeMarkdown(text)}`).join("\n")}`]
      : []),
    ...(sources.contacts.length > 0 ? [`## Contacts\n\n${sources.contacts.map(contact).join("\n")}`] : []),
  ];
  return `${parts.join("\n\n")}\n`;
}

function summary(entries: readonly IncidentEntry[], sources: ReportSources): string {
  const [started] = entriesOf(entries, "started");
  const last = entries.at(-1)?.at ?? 0;
  const { began } = incidentTimes(entries);
  return [
    `- **When**: ${sources.clock(began)} to ${sources.clock(last)}`,
    `- **Where**: ${escapeMarkdown(describeTarget(started?.target ?? null))}`,
    ...(started?.runbook ? [`- **Runbook**: ${escapeMarkdown(started.runbook)}`] : []),
    ...(started?.impact ? [`- **Impact**: ${escapeMarkdown(started.impact)}`] : []),
    `- **Recovery**: ${recoveryWords(entries)}`,
    `- **People**: ${[...new Set(entries.map(({ by }) => by))].map(escapeMarkdown).join(", ")}`,
  ].join("\n");
}

function timeline(entries: readonly IncidentEntry[], sources: ReportSources): string {
  const rows = entries.map((entry) => {
    const cells = [timeWords(entry.at, sources), escapeMarkdown(entryWords(entry)), escapeMarkdown(entry.by)];
    return `| ${cells.join(" | ")} |`;
  });
  return ["| Time | What happened | Noted by |", "| --- | --- | --- |", ...rows].join("\n");
}

function times(entries: readonly IncidentEntry[]): string {
  const { began, detected, acknowledged, mitigated, recovered } = incidentTimes(entries);
  const since = (at: number | null) => (at === null ? "not reached" : secondsWords(Math.max(0, at - began) / 1000));
  const expected = entriesOf(entries, "started")[0]?.expected;
  const measured = entriesOf(entries, "recovery").map((one) => {
    const words = measuredWords({ ...one, expected: null });
    return `| ${escapeMarkdown(`${one.scenario}, by its clock`)} | ${words} | ${expectedWords(one.expected)} |`;
  });
  return [
    "| From the first trouble | Time | Expected |",
    "| --- | --- | --- |",
    `| to detect (seen by Podbook or a person) | ${since(detected)} | |`,
    `| to acknowledge | ${since(acknowledged)} | |`,
    `| to mitigate (first change that succeeded) | ${since(mitigated)} | |`,
    `| to recover (all whole) | ${since(recovered)} | ${expectedWords(expected)} |`,
    ...measured,
  ].join("\n");
}

function expectedWords(expected: RecoverySeconds | null | undefined): string {
  return expected ? rangeWords(expected) : "";
}

function interventions(entries: readonly IncidentEntry[], sources: ReportSources): string {
  const changes = entriesOf(entries, "run").filter(
    ({ effect, title }) => effect !== "read" && !title.startsWith(drillTitle),
  );
  const lines = changes.map(({ at, title, result, by }) => `${timeWords(at, sources)} ${title}, by ${by}: ${result}`);
  const byItself = incidentTimes(entries).recovered !== null;
  return list(lines, byItself ? "None: the platform recovered by itself." : "None.");
}

function commands(entries: readonly IncidentEntry[], sources: ReportSources): string {
  const runs = entriesOf(entries, "run");
  if (runs.length === 0) return "None.";
  return runs
    .map(({ at, title, target, commands: ran, result }) => {
      // No shell fence: what was done then must not offer itself to be run again.
      const lines = ran.map(({ text, outcome }) => (outcome === "" ? text : `${text}\n# → ${outcome}`));
      const head = `**${timeWords(at, sources)} ${escapeMarkdown(title)}** on ${escapeMarkdown(describeTarget(target))}: ${escapeMarkdown(result)}`;
      return `${head}\n\n${fenced(lines.join("\n"), "text")}`;
    })
    .join("\n\n");
}

/** With a link only where the address can be nothing else. */
function contact({ text, email }: ReportContact): string {
  const link = email !== null && isPlainAddress(email) ? ` ([mail](mailto:${email}))` : "";
  return `- ${escapeMarkdown(text)}${link}`;
}

function list(lines: readonly string[], none: string): string {
  return lines.length === 0 ? none : lines.map((line) => `- ${escapeMarkdown(line)}`).join("\n");
}

function timeWords(at: number, { clock }: ReportSources): string {
  return clock(at).slice("2026-11-25 ".length);
}
