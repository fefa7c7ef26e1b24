import type { Chart } from "../../../metrics/chart.ts";
import { chartSvg } from "../../../metrics/chartSvg.ts";
import type { ChartTheme } from "../../../metrics/chartTheme.ts";
import { seriesCsv } from "../../../metrics/seriesCsv.ts";
import type { ChartFormat } from "../viewMessages.ts";
import { clock } from "./clock.ts";

const size = { width: 960, plotHeight: 280 };
/** Screens and documents have two pixels where a picture has one. */
const pixels = 2;

/** A chart as a file: a text, of a PNG its bytes in base64. Rejects where the browser cannot draw it. */
export async function chartFile(chart: Chart, format: ChartFormat, theme: ChartTheme): Promise<string> {
  if (format === "csv") return seriesCsv(chart, (at) => new Date(at).toISOString());
  const svg = chartSvg(chart, { ...size, theme, clock });
  return format === "svg" ? svg : pngOf(svg);
}

async function pngOf(svg: string): Promise<string> {
  const url = URL.createObjectURL(new Blob([svg], { type: "image/svg+xml" }));
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    const canvas = document.createElement("canvas");
    canvas.width = image.naturalWidth * pixels;
    canvas.height = image.naturalHeight * pixels;
    canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
    return canvas.toDataURL("image/png").replace(/^data:image\/png;base64,/, "");
  } finally {
    URL.revokeObjectURL(url);
  }
}
