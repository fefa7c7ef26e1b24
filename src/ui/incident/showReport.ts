import { basename, dirname } from "node:path";
import { commands, FileSystemError, Uri, window, workspace } from "vscode";
import { entriesOf, type IncidentEntry, mergeEntries } from "../../incident/entry.ts";
import { incidentReport, type ReportSources } from "../../incident/report.ts";
import type { Chart } from "../../metrics/chart.ts";
import { chartSvg } from "../../metrics/chartSvg.ts";
import { slug } from "../../metrics/slug.ts";
import type { Runbook } from "../../runbook/runbook.ts";
import { dateAndTime } from "../history/runOutcome.ts";
import { incidentFolder } from "../settings.ts";
import type { IncidentCharts } from "./incidentCharts.ts";

/** In px. */
const pictureSize = { width: 860, plotHeight: 220 };

/**
 * Writes the report of an incident beside its runbook, or where the settings say, with the pictures of its metrics, and shows
 * it with its preview; unsaved and without pictures where there is no folder for it.
 * @throws what the file system raises
 */
export async function showReport(
  entries: readonly IncidentEntry[],
  runbook: (Pick<Runbook, "checklists" | "contacts"> & { readonly uri: Uri }) | null,
  metrics: IncidentCharts | null,
): Promise<void> {
  const began = entriesOf(entries, "started")[0]?.at ?? Date.now();
  const beside = runbook ? Uri.file(dirname(runbook.uri.fsPath)) : workspace.workspaceFolders?.[0]?.uri;
  const folder = incidentFolder() ?? beside;
  const file = folder && (await freeName(folder, `incident-${fileTime(began)}`));
  const pictures = file && metrics ? await writePictures(file, metrics.charts) : [];
  const report = incidentReport(mergeEntries(entries), sources(runbook, metrics, pictures));
  if (!file) {
    await window.showTextDocument(await workspace.openTextDocument({ language: "markdown", content: report }));
    return;
  }
  await workspace.fs.writeFile(file, Buffer.from(report));
  await window.showTextDocument(file);
  await commands.executeCommand("markdown.showPreviewToSide", file);
}

function sources(
  runbook: Pick<Runbook, "checklists" | "contacts"> | null,
  metrics: IncidentCharts | null,
  pictures: readonly string[],
): ReportSources {
  const { checklists, contacts } = runbook ?? { checklists: [], contacts: [] };
  return {
    metrics: metrics && {
      charts: metrics.charts.map((chart, index) => ({ chart, picture: pictures[index] ?? null })),
      problems: metrics.problems,
    },
    checklist: checklists
      .filter(({ postIncident }) => postIncident)
      .flatMap(({ items }) => items.map(({ text }) => text)),
    contacts: contacts.map(({ name, text, email }) => ({ text: `${name}: ${text}`, email })),
    clock: dateAndTime,
  };
}

/** Writes the pictures of charts into a folder beside a report that is not there yet; gives their paths from the report. */
async function writePictures(report: Uri, charts: readonly Chart[]): Promise<string[]> {
  return Promise.all(
    charts.map(async (chart, index) => {
      const path = `${picturesOf(report)}/${index + 1}-${slug(chart.label)}.svg`;
      const svg = chartSvg(chart, { ...pictureSize, theme: null, clock: dateAndTime });
      await workspace.fs.writeFile(Uri.joinPath(report, "..", path), Buffer.from(svg));
      return path;
    }),
  );
}

/** A time (ms since the epoch) for a file's name, to the minute: `20261125-0300`. */
export function fileTime(at: number): string {
  return dateAndTime(at)
    .replaceAll(/\D/g, "")
    .replace(/^(\d{8})(\d{4}).*/, "$1-$2");
}

/** A file that is not there yet, nor the folder of its pictures: what somebody has written is never overwritten. */
async function freeName(folder: Uri, name: string): Promise<Uri> {
  for (let count = 1; ; count++) {
    const uri = Uri.joinPath(folder, `${name}${count === 1 ? "" : `-${count}`}.md`);
    if (!(await isThere(uri)) && !(await isThere(Uri.joinPath(uri, "..", picturesOf(uri))))) return uri;
  }
}

/** Name of the folder, beside a report, in which its pictures are. */
function picturesOf(report: Uri): string {
  return `${basename(report.path, ".md")}-metrics`;
}

async function isThere(uri: Uri): Promise<boolean> {
  try {
    await workspace.fs.stat(uri);
    return true;
  } catch (error) {
    if (error instanceof FileSystemError && error.code === "FileNotFound") return false;
    throw error;
  }
}
