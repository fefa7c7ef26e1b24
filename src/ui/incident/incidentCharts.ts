import type { IncidentEntry } from "../../incident/entry.ts";
import { entryMarks } from "../../incident/entryMarks.ts";
import { incidentTimes } from "../../incident/times.ts";
import { type Chart, chartOf } from "../../metrics/chart.ts";
import { beforeIncidentMs, rangeBetween } from "../../metrics/chartRange.ts";
import type { MetricQuery } from "../../metrics/metricQuery.ts";
import { errorWords } from "../errorWords.ts";
import type { AskedQueries } from "../metrics/askedMetrics.ts";
import { inTurn } from "../metrics/inTurn.ts";

/** The charts of an incident, and sentences on what could not be had. */
export interface IncidentCharts {
  readonly charts: readonly Chart[];
  readonly problems: readonly string[];
}

const atOnce = 4;
const mostQueries = 20;
/** A report does not wait for long, in ms. */
const patienceMs = 20_000;

/** Asks for a runbook's queries over the time of an incident, whose entries are in order; null where the runbook has none. */
export async function incidentCharts(
  entries: readonly IncidentEntry[],
  load: () => Promise<AskedQueries | null>,
): Promise<IncidentCharts | null> {
  try {
    const asked = await load();
    return asked && (await chartsOf(entries, asked));
  } catch (error) {
    return { charts: [], problems: [`The metrics could not be had: ${errorWords(error)}`] };
  }
}

async function chartsOf(entries: readonly IncidentEntry[], { source, queries }: AskedQueries): Promise<IncidentCharts> {
  const range = rangeBetween(incidentTimes(entries).began - beforeIncidentMs, entries.at(-1)?.at ?? 0);
  const marks = entryMarks(entries);
  const signal = AbortSignal.timeout(patienceMs);
  const charts = new Map<MetricQuery, Chart>();
  const problems: string[] = [];
  const asked = queries.slice(0, mostQueries);
  await inTurn(asked, atOnce, async (query) => {
    try {
      charts.set(query, chartOf(query, await source.over(query.expression, range, signal), range, marks));
    } catch (error) {
      const why = signal.aborted ? `no answer within ${patienceMs / 1000} s` : errorWords(error);
      problems.push(`${query.label} could not be had: ${why}`);
    }
  });
  if (queries.length > asked.length) problems.push(`${queries.length - asked.length} more queries were not asked`);
  return { charts: asked.flatMap((query) => charts.get(query) ?? []), problems };
}
