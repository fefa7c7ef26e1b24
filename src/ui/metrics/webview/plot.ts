import uPlot from "uplot";
import { axisWords } from "../../../metrics/axisWords.ts";
import { type Chart, drawnValues } from "../../../metrics/chart.ts";
import { type ChartTheme, dashes } from "../../../metrics/chartTheme.ts";
import { timeTicks } from "../../../metrics/timeTicks.ts";
import { valueTicks } from "../../../metrics/valueTicks.ts";
import { clock } from "./clock.ts";

/** All in px of CSS. */
const height = 200;
const axisWidth = 70;
const timeAxisHeight = 32;
const timeTickWidth = 90;
const valueTickCount = 4;
const font = "12px system-ui, sans-serif";

/** What a plot tells of itself. */
export interface PlotEvents {
  /** The cursor stands at one of the chart's times, by its index; null where it stands nowhere. */
  readonly onCursor: (index: number | null) => void;
  /** It was drawn: where things are may have changed. */
  readonly onDraw: () => void;
}

/** The lines of a chart on a canvas, with axes and a cursor. */
export class Plot {
  readonly #place: HTMLElement;
  readonly #events: PlotEvents;
  readonly #observer: ResizeObserver;
  #plot: uPlot | undefined;
  #chart: Chart | undefined;
  /** What the plot was made for: other lines or colours need another. */
  #madeFor = "";

  constructor(place: HTMLElement, events: PlotEvents) {
    this.#place = place;
    this.#events = events;
    this.#observer = new ResizeObserver(() => this.#plot?.setSize({ width: this.#width, height }));
    this.#observer.observe(place);
  }

  /** Draws the chart. A cursor that stands in it stays at its time. */
  draw(chart: Chart, theme: ChartTheme): void {
    const index = this.#plot?.cursor.idx ?? null;
    const time = index === null ? undefined : this.#chart?.times[index];
    this.#chart = chart;
    const data: uPlot.AlignedData = [[...chart.times], ...chart.series.map(({ values }) => [...values])];
    const wanted = JSON.stringify([theme, chart.unit, chart.series.length]);
    if (this.#plot && this.#madeFor === wanted) this.#plot.setData(data);
    else {
      this.#plot?.destroy();
      this.#plot = new uPlot(this.#options(theme, chart.series.length), data, this.#place);
      this.#madeFor = wanted;
    }
    if (time !== undefined) this.moveTo(nearest(chart.times, time));
  }

  /** Puts the cursor to one of the chart's times; null takes it away. */
  moveTo(index: number | null): void {
    const at = index === null ? undefined : this.#chart?.times[index];
    const left = at === undefined ? -10 : (this.#plot?.valToPos(at, "x") ?? -10);
    this.#plot?.setCursor({ left, top: at === undefined ? -10 : 0 });
  }

  /** Where a time (ms since the epoch) stands, in px of CSS from the left of the plot's place. */
  leftOf(at: number): number {
    const plot = this.#plot;
    return plot ? plot.valToPos(at, "x") + plot.bbox.left / devicePixelRatio : 0;
  }

  dispose(): void {
    this.#observer.disconnect();
    this.#plot?.destroy();
  }

  get #width(): number {
    return Math.max(200, this.#place.clientWidth);
  }

  #options(theme: ChartTheme, count: number): uPlot.Options {
    const axis = {
      stroke: theme.text,
      font,
      ticks: { stroke: theme.grid, width: 1 },
      grid: { stroke: theme.grid, width: 1 },
    };
    return {
      width: this.#width,
      height,
      ms: 1,
      legend: { show: false },
      cursor: { y: false, drag: { x: false, y: false }, points: { size: 7 } },
      scales: {
        x: { time: false, range: () => this.#timeRange() },
        y: { range: () => this.#valueRange() },
      },
      axes: [
        {
          ...axis,
          size: timeAxisHeight,
          grid: { show: false },
          splits: () => this.#times().map(({ at }) => at),
          values: () => this.#times().map(({ words }) => words),
        },
        { ...axis, size: axisWidth, splits: () => [...this.#values().ticks], values: () => this.#valueWords() },
      ],
      series: [{}, ...Array.from({ length: count }, (_, index) => lineLook(index, theme))],
      hooks: {
        draw: [(plot) => this.#drawMarks(plot, theme)],
        setCursor: [({ cursor }) => this.#events.onCursor(cursor.idx ?? null)],
      },
    };
  }

  #timeRange(): [number, number] {
    const times = this.#chart?.times ?? [];
    return [times[0] ?? 0, times.at(-1) ?? 1];
  }

  #valueRange(): [number, number] {
    const { ticks } = this.#values();
    return [ticks[0] ?? 0, ticks.at(-1) ?? 1];
  }

  #times() {
    const most = Math.max(2, Math.floor((this.#width - axisWidth) / timeTickWidth));
    return timeTicks(...this.#timeRange(), most, clock);
  }

  #values() {
    const values = this.#chart ? drawnValues(this.#chart) : [];
    const least = values.reduce((one, other) => Math.min(one, other), values[0] ?? 0);
    const most = values.reduce((one, other) => Math.max(one, other), values[0] ?? 0);
    return valueTicks(least, most, this.#chart?.unit ?? "number", valueTickCount);
  }

  #valueWords(): string[] {
    const { ticks, step } = this.#values();
    return ticks.map((value) => axisWords(value, this.#chart?.unit ?? "number", step));
  }

  #drawMarks({ ctx, bbox, valToPos }: uPlot, theme: ChartTheme): void {
    ctx.save();
    ctx.strokeStyle = theme.mark;
    ctx.lineWidth = devicePixelRatio;
    ctx.setLineDash([3 * devicePixelRatio, 3 * devicePixelRatio]);
    for (const { at } of this.#chart?.marks ?? []) {
      const x = valToPos(at, "x", true);
      ctx.beginPath();
      ctx.moveTo(x, bbox.top);
      ctx.lineTo(x, bbox.top + bbox.height);
      ctx.stroke();
    }
    ctx.restore();
    this.#events.onDraw();
  }
}

function lineLook(index: number, { lines, text }: ChartTheme): uPlot.Series {
  const stroke = lines[index % lines.length] ?? text;
  const dash = (dashes[index % dashes.length] ?? "").split(" ").filter(Boolean).map(Number);
  return {
    stroke,
    width: 2,
    ...(dash.length > 0 ? { dash } : {}),
    points: { show: true, size: 5, fill: stroke, filter: (plot, line) => lonely(plot.data[line] ?? []) },
  };
}

/** The values between two gaps, of which no line is drawn. */
function lonely(values: ArrayLike<number | null | undefined>): number[] {
  const isThere = (index: number) => (values[index] ?? null) !== null;
  return Array.from(values, (_, index) => index).filter(
    (index) => isThere(index) && !isThere(index - 1) && !isThere(index + 1),
  );
}

function nearest(times: readonly number[], at: number): number {
  const [first = 0, second = first + 1] = times;
  return Math.min(times.length - 1, Math.max(0, Math.round((at - first) / (second - first))));
}
