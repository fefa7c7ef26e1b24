import { axisWords } from "./axisWords.ts";
import { type Chart, drawnValues } from "./chart.ts";
import { svgLegend } from "./chartLegendSvg.ts";
import { type ChartTheme, dashes, lineClass, themeStyle } from "./chartTheme.ts";
import { chartWords } from "./chartWords.ts";
import { timeTicks } from "./timeTicks.ts";
import { valueTicks } from "./valueTicks.ts";
import { xmlText } from "./xmlText.ts";

/** How a chart becomes a picture. */
export interface ChartSvgOptions {
  /** In px. */
  readonly width: number;
  /** Of the plot alone, in px. */
  readonly plotHeight: number;
  /** Null: light or dark, as whoever shows it has it. */
  readonly theme: ChartTheme | null;
  /** A time (ms since the epoch) as the person's clock shows it: `2026-11-25 03:00:00`. */
  readonly clock: (at: number) => string;
}

/** Where the plot is in the picture, in px, and what its edges stand for. */
interface Plot {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  readonly x: (at: number) => number;
  readonly y: (value: number) => number;
}

const left = 72;
const right = 24;
const top = 52;
const belowPlot = 30;
const valueTickCount = 5;
const pixelsPerTimeTick = 90;

/** A chart as a picture by itself: axes, lines, legend, and its marks by number with their words below. No script, link or file. */
export function chartSvg(chart: Chart, options: ChartSvgOptions): string {
  const { width, plotHeight, theme, clock } = options;
  const bottom = top + plotHeight;
  const values = drawnValues(chart);
  const ticks = valueTicks(least(values), greatest(values), chart.unit, valueTickCount);
  const plot = plotOf(chart, ticks.ticks, width, bottom);
  const legend = svgLegend(chart, { left, width, top: bottom + belowPlot + 12, clock });
  const height = bottom + belowPlot + legend.height + 16;
  const words = xmlText(chartWords(chart));
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-label="${words}" font-family="system-ui, sans-serif" font-size="12">`,
    `<title>${words}</title><style>${xmlText(themeStyle(theme))}</style>`,
    `<rect class="back" width="${width}" height="${height}"/>`,
    `<text x="16" y="22" font-size="15" font-weight="600">${xmlText(chart.label)}</text>`,
    ...ticks.ticks.map((value) => valueLine(value, axisWords(value, chart.unit, ticks.step), plot)),
    ...timeLines(chart, plot, clock),
    ...chart.marks.map(({ at }, index) => markLine(at, index + 1, plot)),
    ...chart.series.map(({ values: line }, index) => linePath(line, chart.times, index, plot)),
    ...(values.length === 0 ? [`<text x="${left + 12}" y="${top + 24}">No value in this time.</text>`] : []),
    ...legend.parts,
    "</svg>\n",
  ].join("\n");
}

function plotOf({ times }: Chart, ticks: readonly number[], width: number, bottom: number): Plot {
  const from = times[0] ?? 0;
  const to = times.at(-1) ?? from + 1;
  const low = ticks[0] ?? 0;
  const high = ticks.at(-1) ?? low + 1;
  const wide = width - left - right;
  return {
    left,
    right: width - right,
    top,
    bottom,
    x: (at) => left + ((at - from) / (to - from)) * wide,
    y: (value) => bottom - ((value - low) / (high - low)) * (bottom - top),
  };
}

function valueLine(value: number, words: string, plot: Plot): string {
  const y = px(plot.y(value));
  return `<path class="grid" d="M${plot.left} ${y}H${plot.right}"/><text x="${plot.left - 8}" y="${y}" dy="4" text-anchor="end">${xmlText(words)}</text>`;
}

function timeLines({ times }: Chart, plot: Plot, clock: ChartSvgOptions["clock"]): string[] {
  const most = Math.max(2, Math.floor((plot.right - plot.left) / pixelsPerTimeTick));
  return timeTicks(times[0] ?? 0, times.at(-1) ?? 0, most, clock).map(({ at, words }) => {
    const x = px(plot.x(at));
    return `<path class="grid" d="M${x} ${plot.bottom}v5"/><text x="${x}" y="${plot.bottom + 20}" text-anchor="middle">${xmlText(words)}</text>`;
  });
}

function markLine(at: number, number: number, plot: Plot): string {
  const x = px(plot.x(at));
  return `<path class="mark" stroke-dasharray="3 3" d="M${x} ${plot.top - 4}V${plot.bottom}"/><text x="${x}" y="${plot.top - 8}" font-size="10" text-anchor="middle">${number}</text>`;
}

/** A line with a gap where there is no value; a value between two gaps is a dot. */
function linePath(values: readonly (number | null)[], times: readonly number[], index: number, plot: Plot): string {
  const lines: string[] = [];
  values.forEach((value, position) => {
    if (value === null) return;
    const point = `${px(plot.x(times[position] ?? 0))} ${px(plot.y(value))}`;
    const goesOn = position > 0 && values[position - 1] !== null;
    const alone = !goesOn && (values[position + 1] ?? null) === null;
    lines.push(goesOn ? `L${point}` : `M${point}${alone ? "h0" : ""}`);
  });
  if (lines.length === 0) return "";
  const dash = dashes[index % dashes.length];
  const dashed = dash ? ` stroke-dasharray="${dash}"` : "";
  return `<path class="${lineClass(index)}" fill="none" stroke-width="2" stroke-linejoin="round" stroke-linecap="round"${dashed} d="${lines.join("")}"/>`;
}

function least(values: readonly number[]): number {
  return values.reduce((one, other) => Math.min(one, other), values[0] ?? 0);
}

function greatest(values: readonly number[]): number {
  return values.reduce((one, other) => Math.max(one, other), values[0] ?? 0);
}

function px(value: number): string {
  return String(Math.round(value * 10) / 10);
}
