import type { Chart } from "../../../metrics/chart.ts";
import { chartWords, endWords, valueWordsAt } from "../../../metrics/chartWords.ts";
import type { ChartFormat, ShownQuery, ViewRequest } from "../viewMessages.ts";
import { chartFile } from "./chartPicture.ts";
import { chartTable } from "./chartTable.ts";
import { clockTime } from "./clock.ts";
import { button, element } from "./elements.ts";
import { legend } from "./legend.ts";
import { MarkRail } from "./markRail.ts";
import { Plot } from "./plot.ts";
import { QueryEditor } from "./queryEditor.ts";
import { viewTheme } from "./viewTheme.ts";

/** So many series are read aloud at a time. */
const mostSpoken = 6;
const farStep = 10;
const help =
  "Arrow keys move through the time, with Shift in longer steps; Home and End go to its ends, Escape leaves.";

/** One query of the runbook: its chart, its values as a table, its expression, and its files. */
export class ChartCard {
  readonly element: HTMLElement;
  readonly #id: number;
  readonly #send: (request: ViewRequest) => void;
  readonly #title = element("h2", {});
  readonly #value = element("span", { class: "now" });
  readonly #problem = element("div", { class: "problem", attributes: { role: "alert" } });
  /** An application: a screen reader leaves the arrow keys to it. */
  readonly #place = element("div", {
    class: "plot",
    attributes: { tabindex: "0", role: "application", "aria-roledescription": "chart" },
  });
  readonly #empty = element("p", { class: "empty", text: "No value in this time." });
  readonly #legend = element("ul", { class: "legend" });
  readonly #spoken = element("div", { class: "spoken", attributes: { "aria-live": "polite" } });
  readonly #table = element("div", { class: "table", attributes: { role: "region", tabindex: "0" } });
  readonly #toggle: HTMLButtonElement;
  readonly #files = element("span", { class: "files" });
  readonly #rail = new MarkRail();
  readonly #editor: QueryEditor;
  readonly #plot: Plot;
  #label: string;
  #chart: Chart | undefined;
  #cursor: number | null = null;
  #isByKey = false;

  constructor(query: ShownQuery, send: (request: ViewRequest) => void) {
    this.#id = query.id;
    this.#label = query.label;
    this.#send = send;
    this.#editor = new QueryEditor(query.label, (expression) => send({ type: "edit", id: query.id, expression }));
    this.#toggle = button("Table", `${query.label} as a table`, () => this.#showTable(this.#table.hidden !== false));
    this.#files.append(...(["svg", "png", "csv"] as const).map((format) => this.#fileButton(format)));
    this.#place.addEventListener("keydown", (event) => this.#key(event));
    this.element = this.#layOut();
    this.#plot = new Plot(this.#place, {
      onCursor: (index) => this.#cursorAt(index),
      onDraw: () => this.#placeMarks(),
    });
    for (const later of [this.#problem, this.#empty, this.#table, this.#files, this.#toggle]) later.hidden = true;
    this.show(query);
  }

  /** The query is another now. */
  show({ label, expression, note }: ShownQuery): void {
    this.#label = label;
    this.#title.textContent = label;
    this.#table.setAttribute("aria-label", `${label} as a table`);
    this.#editor.show(expression, note);
  }

  /** The values have come. */
  draw(chart: Chart): void {
    this.#chart = chart;
    this.#problem.hidden = true;
    const isEmpty = chart.series.length === 0;
    this.#empty.hidden = !isEmpty;
    this.#files.hidden = false;
    this.#toggle.hidden = false;
    this.#place.setAttribute("aria-label", `${chartWords(chart)}. ${help}`);
    this.#value.textContent = endWords(chart);
    this.#plot.draw(chart, viewTheme());
    this.#placeMarks();
    this.#drawLegend();
    if (!this.#table.hidden) this.#table.replaceChildren(chartTable(chart));
  }

  /** The values could not be had; those that are shown are old. */
  fail(message: string): void {
    const retry = button("Retry", `Ask for ${this.#label} again`, () => this.#send({ type: "retry", id: this.#id }));
    this.#problem.replaceChildren(element("span", { text: message }), retry);
    this.#problem.hidden = false;
    this.#value.textContent = this.#chart ? "as of the last answer" : "";
  }

  /** VS Code has other colours now. */
  recolour(): void {
    if (this.#chart) this.draw(this.#chart);
  }

  focus(): void {
    this.element.scrollIntoView({ block: "start" });
    this.#place.focus();
  }

  dispose(): void {
    this.#plot.dispose();
    this.element.remove();
  }

  #layOut(): HTMLElement {
    this.#title.id = `chart-${this.#id}`;
    const tools = element("span", { class: "tools" }, this.#toggle, this.#files);
    return element(
      "section",
      { class: "card", attributes: { "aria-labelledby": this.#title.id } },
      element("header", {}, this.#title, this.#value, tools),
      this.#editor.element,
      this.#problem,
      element("div", { class: "drawing" }, this.#rail.element, this.#place, this.#empty),
      this.#legend,
      this.#spoken,
      this.#table,
    );
  }

  #fileButton(format: ChartFormat): HTMLButtonElement {
    return button(format.toUpperCase(), `Save ${this.#label} as ${format.toUpperCase()}`, () => {
      const chart = this.#chart;
      if (!chart) return;
      chartFile(chart, format, viewTheme()).then(
        (content) => this.#send({ type: "save", id: this.#id, format, content }),
        () => this.fail(`This chart could not be drawn as ${format.toUpperCase()}. Save it as SVG instead.`),
      );
    });
  }

  #showTable(isShown: boolean): void {
    this.#table.hidden = !isShown;
    this.#toggle.setAttribute("aria-pressed", String(isShown));
    this.#table.replaceChildren(...(isShown && this.#chart ? [chartTable(this.#chart)] : []));
  }

  #placeMarks(): void {
    this.#rail.show(this.#chart?.marks ?? [], (at) => this.#plot.leftOf(at));
  }

  #cursorAt(index: number | null): void {
    this.#cursor = index;
    this.#drawLegend();
    if (this.#isByKey) this.#spoken.textContent = index === null ? "" : this.#wordsAt(index);
  }

  #drawLegend(): void {
    const chart = this.#chart;
    if (!chart) return;
    const index = this.#cursor ?? chart.times.length - 1;
    this.#legend.replaceChildren(...legend(chart, viewTheme(), index));
    this.#legend.dataset["at"] = this.#cursor === null ? "" : clockTime(chart.times[index] ?? 0);
  }

  #wordsAt(index: number): string {
    const chart = this.#chart;
    if (!chart) return "";
    const at = chart.times[index] ?? 0;
    const step = (chart.times[1] ?? at) - (chart.times[0] ?? at);
    const values = chart.series
      .slice(0, mostSpoken)
      .map((one) => `${one.name} ${valueWordsAt(one, index, chart.unit)}`);
    const near = chart.marks.filter((mark) => Math.abs(mark.at - at) <= step / 2).map(({ words }) => words);
    return [`${clockTime(at)}: ${values.join("; ")}`, ...near].join(". ");
  }

  #key(event: KeyboardEvent): void {
    const last = (this.#chart?.times.length ?? 1) - 1;
    const step = event.shiftKey ? farStep : 1;
    const from = this.#cursor ?? last;
    const moves: Readonly<Record<string, number | null>> = {
      ArrowLeft: this.#cursor === null ? last : from - step,
      ArrowRight: this.#cursor === null ? last : from + step,
      Home: 0,
      End: last,
      Escape: null,
    };
    if (!this.#chart || !Object.hasOwn(moves, event.key)) return;
    event.preventDefault();
    const to = moves[event.key] ?? null;
    this.#isByKey = true;
    this.#plot.moveTo(to === null ? null : Math.min(last, Math.max(0, to)));
    this.#isByKey = false;
  }
}
