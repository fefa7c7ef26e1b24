import type { Chart } from "../metrics/chart.ts";
import { chartWords, seriesWords } from "../metrics/chartWords.ts";
import { escapeMarkdown } from "./escapeMarkdown.ts";

/** The metrics of a report. */
export interface ReportMetrics {
  readonly charts: readonly ReportChart[];
  /** Sentences on what could not be had. */
  readonly problems: readonly string[];
}

/** A query over the time of the incident. */
export interface ReportChart {
  readonly chart: Chart;
  /** Its picture's path from the report, of letters, digits, `-`, `.` and `/`; null where there is none. */
  readonly picture: string | null;
}

/** A report is no database: the pictures and files have more. */
const mostRows = 60;

/** The pictures of the charts, a table of what their series came to, and what could not be had, as Markdown. */
export function metricsSection({ charts, problems }: ReportMetrics): string {
  const pictures = charts.flatMap(({ chart, picture }) => {
    return picture === null ? [] : [`![${escapeMarkdown(chartWords(chart))}](${picture})`];
  });
  const rows = charts.flatMap(({ chart }) => chartRows(chart));
  const shown = rows.slice(0, mostRows);
  const left = rows.length - shown.length;
  const table = ["| Metric | Series | Least | Greatest | Last |", "| --- | --- | --- | --- | --- |", ...shown].join(
    "\n",
  );
  const none = charts.length === 0 && problems.length === 0;
  return [
    ...pictures,
    ...(rows.length > 0 ? [table] : []),
    ...(left > 0 ? [`${left} more series are not listed.`] : []),
    ...problems.map((problem) => `- ${escapeMarkdown(problem)}`),
    ...(none ? ["The runbook names no metric."] : []),
  ].join("\n\n");
}

function chartRows(chart: Chart): string[] {
  const label = escapeMarkdown(chart.label);
  if (chart.series.length === 0) return [`| ${label} | | no value in this time | | |`];
  return seriesWords(chart).map(({ name, least, greatest, last }) => {
    const series = name === chart.label ? "" : escapeMarkdown(name);
    return `| ${label} | ${series} | ${least} | ${greatest} | ${last} |`;
  });
}
