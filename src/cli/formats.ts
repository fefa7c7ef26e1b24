import type { Problem, Severity } from "../lint/problem.ts";
import type { Report } from "./check.ts";
import type { Format } from "./commandLine.ts";
import { printable } from "./printable.ts";

/** The problems of several files, as a person, a program or a GitHub workflow reads them. Lines and columns are one-based. */
export function formatReports(reports: readonly Report[], format: Format): string {
  if (format === "json") return `${JSON.stringify(reports.flatMap(jsonProblems), null, 2)}\n`;
  const line = format === "github" ? githubLine : textLine;
  const lines = reports.flatMap(({ file, problems }) => problems.map((problem) => line(file, problem)));
  return [...lines, ...(format === "text" ? [summary(reports)] : [])].map((one) => `${one}\n`).join("");
}

function textLine(file: string, { line, column, severity, message, rule }: Problem): string {
  return printable(`${file}:${line + 1}:${column + 1}: ${severity}: ${message} (${rule})`);
}

function summary(reports: readonly Report[]): string {
  const counts = { error: 0, warning: 0, info: 0 };
  for (const { problems } of reports) for (const { severity } of problems) counts[severity]++;
  const words = (Object.keys(counts) as Severity[]).map((severity) => counted(counts[severity], names[severity]));
  return `${counted(reports.length, "file")}: ${words.join(", ")}.`;
}

const names: Readonly<Record<Severity, string>> = { error: "error", warning: "warning", info: "hint" };

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? "" : "s"}`;
}

function jsonProblems({ file, problems }: Report): object[] {
  return problems.map(({ rule, severity, message, line, column, endLine, endColumn, fixes }) => ({
    file,
    line: line + 1,
    column: column + 1,
    endLine: endLine + 1,
    endColumn: endColumn + 1,
    severity,
    rule,
    message,
    fixes: fixes.map(({ title }) => title),
  }));
}

const levels: Readonly<Record<Severity, string>> = { error: "error", warning: "warning", info: "notice" };

/** A workflow command, which GitHub shows at the line. It takes columns only within one line. */
function githubLine(file: string, { rule, severity, message, line, column, endLine, endColumn }: Problem): string {
  const columns = line === endLine ? `,col=${column + 1},endColumn=${endColumn + 1}` : "";
  const place = `file=${property(file)},line=${line + 1},endLine=${endLine + 1}${columns}`;
  return `::${levels[severity]} ${place},title=${property(`podbook ${rule}`)}::${data(message)}`;
}

function data(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function property(text: string): string {
  return data(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
