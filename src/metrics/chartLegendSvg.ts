import type { Chart, ChartMark } from "./chart.ts";
import { dashes, lineClass } from "./chartTheme.ts";
import { plainLabel } from "./plainLabel.ts";
import { xmlText } from "./xmlText.ts";

/** Where the legend begins, in px, and how times are written. */
export interface LegendPlace {
  readonly left: number;
  readonly width: number;
  readonly top: number;
  readonly clock: (at: number) => string;
}

const rowHeight = 18;
const swatch = 34;
/** A character of 12 px is no wider in most fonts, in px. */
const characterWidth = 7;
/** A picture is no timeline: its report has one. */
const mostMarksTold = 12;

/** What stands below a chart: its lines by name, in columns where they are short, and its marks by number; and how high that is. */
export function svgLegend(chart: Chart, place: LegendPlace): { parts: string[]; height: number } {
  const { series, left: unshown, label } = chart;
  const room = place.width - place.left;
  const lone = series.length === 1 && series[0]?.name === label;
  const longest = Math.max(1, ...series.map(({ name }) => name.length));
  const columns = Math.max(1, Math.floor(room / (swatch + (longest + 2) * characterWidth)));
  const names = lone ? [] : series.map(({ name }) => name);
  const entries = names.map((name, index) => {
    const x = place.left + (index % columns) * Math.floor(room / columns);
    return entry(name, index, x, place.top + Math.floor(index / columns) * rowHeight, room / columns);
  });
  const nameRows = Math.ceil(entries.length / columns);
  const lines = [
    ...(unshown > 0 ? [`${unshown} more series are not shown`] : []),
    ...markLines(chart.marks, place.clock),
  ];
  const texts = lines.map((line, index) => {
    const most = Math.floor(room / characterWidth);
    return `<text x="${place.left}" y="${place.top + (nameRows + index) * rowHeight}" dy="4">${xmlText(plainLabel(line, most))}</text>`;
  });
  return { parts: [...entries, ...texts], height: (nameRows + lines.length) * rowHeight };
}

function entry(name: string, index: number, x: number, y: number, room: number): string {
  const dash = dashes[index % dashes.length];
  const dashed = dash ? ` stroke-dasharray="${dash}"` : "";
  const words = plainLabel(name, Math.max(1, Math.floor((room - swatch) / characterWidth)));
  return `<path class="${lineClass(index)}" stroke-width="2"${dashed} d="M${x} ${y}h${swatch - 8}"/><text x="${x + swatch}" y="${y}" dy="4">${xmlText(words)}</text>`;
}

function markLines(marks: readonly ChartMark[], clock: (at: number) => string): string[] {
  const told = marks.slice(0, mostMarksTold).map(({ at, words }, index) => {
    return `${index + 1}  ${clock(at).slice("2026-11-25 ".length)}  ${words}`;
  });
  return marks.length > told.length ? [...told, `and ${marks.length - told.length} more`] : told;
}
