import type { Chart } from "../../../metrics/chart.ts";
import { type ChartTheme, dashes } from "../../../metrics/chartTheme.ts";
import { valueWordsAt } from "../../../metrics/chartWords.ts";
import { element } from "./elements.ts";

const svgNamespace = "http://www.w3.org/2000/svg";

/** The lines of a chart by name, with their looks and their values at one of its times; of a single series its value alone. */
export function legend(chart: Chart, theme: ChartTheme, index: number): HTMLElement[] {
  const items = chart.series.map((series, line) => {
    const value = element("span", { class: "value", text: valueWordsAt(series, index, chart.unit) });
    const name = element("span", { text: series.name });
    return element("li", {}, swatch(line, theme), name, value);
  });
  const more =
    chart.left > 0 ? [element("li", { class: "quiet", text: `${chart.left} more series are not shown` })] : [];
  return [...items, ...more];
}

function swatch(index: number, { lines, text }: ChartTheme): SVGElement {
  const svg = document.createElementNS(svgNamespace, "svg");
  const line = document.createElementNS(svgNamespace, "path");
  for (const [name, value] of Object.entries({ width: "28", height: "8", "aria-hidden": "true" }))
    svg.setAttribute(name, value);
  const look = {
    d: "M1 4h26",
    stroke: lines[index % lines.length] ?? text,
    "stroke-width": "2",
    "stroke-dasharray": dashes[index % dashes.length] || "none",
  };
  for (const [name, value] of Object.entries(look)) line.setAttribute(name, value);
  svg.append(line);
  return svg;
}
