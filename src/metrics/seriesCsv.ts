import type { Chart } from "./chart.ts";

/**
 * A chart as CSV by RFC 4180: a row for each time (ISO 8601, UTC, as `clock` gives it), a column for each series, the bare
 * numbers. Texts that a spreadsheet would take for a formula begin with an apostrophe.
 */
export function seriesCsv({ times, series }: Pick<Chart, "times" | "series">, clock: (at: number) => string): string {
  const head = ["time", ...series.map(({ name }) => name)].map(cell);
  const rows = times.map((at, index) => [
    cell(clock(at)),
    ...series.map(({ values }) => (typeof values[index] === "number" ? String(values[index]) : "")),
  ]);
  return [head, ...rows].map((cells) => `${cells.join(",")}\r\n`).join("");
}

function cell(text: string): string {
  const safe = /^[\s]*[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
