import type { InspectedBlock, Inspection } from "./inspect.ts";
import { printable } from "./printable.ts";

/** A runbook for a person at a terminal. */
export function describeRunbook(runbook: Inspection): string {
  const { file, title, scenarios, blocks, metrics, dashboards, contacts, links } = runbook;
  const parts = [
    part(
      "Scenarios",
      scenarios.map((one) => at(one.line, [one.title, recovery(one.expectedRecoverySeconds), one.impact])),
    ),
    part("Blocks", blocks.flatMap(blockLines)),
    part(
      "Queries",
      metrics.map(({ line, query }) => at(line, [oneLine(query)])),
    ),
    part(
      "Dashboards",
      dashboards.map((one) => at(one.line, [one.title, one.url])),
    ),
    part(
      "Contacts",
      contacts.map((one) => at(one.line, [one.name, one.email ?? one.url ?? one.text])),
    ),
    part(
      "Links",
      links.map((one) => at(one.line, [one.href, one.exists === false ? "does not exist" : null])),
    ),
  ];
  return [`${file}${title === "" ? "" : `: ${title}`}`, ...parts.flat()].map((line) => `${printable(line)}\n`).join("");
}

function part(name: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [`  ${name}`, ...lines];
}

function blockLines(block: InspectedBlock): string[] {
  const what = block.kind === "not-shell" ? "not shell" : null;
  const names = [...new Set(block.placeholders.map(({ name }) => name))];
  const asks = names.length > 0 ? `asks for ${names.join(", ")}` : null;
  const head = at(block.line, [block.heading.at(-1) ?? "", `${block.language}`, what, asks]);
  return [
    head,
    ...block.commands.map(
      (one) => `  ${at(one.line, [`${one.effect.padEnd(7)} ${oneLine(one.text)}`, one.reasons[0] ?? null])}`,
    ),
  ];
}

function at(line: number, words: readonly (string | null)[]): string {
  const text = words.filter((word) => word !== null && word !== "").join(" · ");
  return `${String(line).padStart(7)}  ${text}`;
}

function recovery(range: readonly [number, number] | null): string | null {
  if (!range) return null;
  const [min, max] = range;
  return min === max ? `recovers in ${max} s` : `recovers in ${min}–${max} s`;
}

function oneLine(text: string): string {
  const [first = "", ...others] = text.trim().split("\n");
  return others.length === 0 ? first : `${first} …`;
}
