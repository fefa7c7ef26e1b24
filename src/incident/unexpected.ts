import { undoTitle } from "../recovery/actions.ts";
import { secondsWords } from "../recovery/recoveryClock.ts";
import { entriesOf, type IncidentEntry } from "./entry.ts";
import { incidentTimes } from "./times.ts";

/** What an incident showed that nobody should expect: trouble elsewhere, a late recovery, what failed, what was left changed. */
export function unexpected(entries: readonly IncidentEntry[]): string[] {
  const [started] = entriesOf(entries, "started");
  const about = started?.workloads ?? [];
  const elsewhere = (name: string) => about.length > 0 && !about.includes(name);
  const troubled = entriesOf(entries, "workload").filter(({ name, whole }) => !whole && elsewhere(name));
  const restarted = entriesOf(entries, "restart").filter(({ workload }) => elsewhere(workload));
  const failed = entriesOf(entries, "run").filter(({ succeeded }) => !succeeded);
  const undone = entriesOf(entries, "run").filter(({ title, succeeded }) => succeeded && title.startsWith(undoTitle));
  const unrecovered = entriesOf(entries, "recovery").filter(({ recovered }) => !recovered);
  const declined = entriesOf(entries, "decided").filter(({ agreed }) => !agreed);
  const { began, recovered } = incidentTimes(entries);
  const most = started?.expected?.[1];
  const took = recovered === null ? null : (recovered - began) / 1000;
  return [
    ...[...new Set(troubled.map(({ name }) => name))].map(
      (name) => `${name} was not whole, though the scenario is not about it`,
    ),
    ...[...new Set(restarted.map(({ pod }) => pod))].map(
      (pod) => `${pod} restarted, though the scenario is not about it`,
    ),
    ...(most !== undefined && took !== null && took > most
      ? [`The recovery took ${secondsWords(took)}, ${secondsWords(took - most)} more than expected`]
      : []),
    ...(took === null && began > 0 && entriesOf(entries, "workload").some(({ whole }) => !whole)
      ? ["The platform had not recovered when the incident ended"]
      : []),
    ...failed.map(({ title, result }) => `${title} did not succeed: ${result}`),
    ...unrecovered.map(({ scenario }) => `${scenario} was left before it had recovered`),
    ...undone.map(({ title }) => `A change was undone: ${title.slice(undoTitle.length)}`),
    ...declined.map(({ title }) => `${title} was prepared and not run`),
  ];
}
