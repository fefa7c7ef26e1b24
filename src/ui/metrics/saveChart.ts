import { Uri, window, workspace } from "vscode";
import { slug } from "../../metrics/slug.ts";
import type { ChartFormat } from "./viewMessages.ts";

const filters: Readonly<Record<ChartFormat, Record<string, string[]>>> = {
  svg: { "SVG picture": ["svg"] },
  png: { "PNG picture": ["png"] },
  csv: { "Comma-separated values": ["csv"] },
};

/**
 * Writes a chart to where the person wants it; nothing where that is nowhere.
 * @throws what the file system raises
 */
export async function saveChart(label: string, format: ChartFormat, content: string, folder: Uri): Promise<void> {
  const defaultUri = Uri.joinPath(folder, `${slug(label)}.${format}`);
  const uri = await window.showSaveDialog({ title: "Save Chart", filters: filters[format], defaultUri });
  if (uri) await workspace.fs.writeFile(uri, Buffer.from(content, format === "png" ? "base64" : "utf8"));
}
