import { drillTitle } from "../recovery/actions.ts";
import { typedCommand } from "../recovery/verdict.ts";
import type { Block } from "../runbook/runbook.ts";
import { entriesOf, type IncidentEntry } from "./entry.ts";

/** What was run in an incident and stands in no block of its runbook. */
export interface AdditionalCommands {
  /** As they can stand in a block, in the order in which they ran, each once. */
  readonly commands: readonly string[];
  /** Sentences on those that cannot. */
  readonly left: readonly string[];
}

const mostCommands = 20;
const mostLines = 3;
const mostCharacters = 500;
const mostLooked = 100_000;
/** How secrets were masked when the incident was written down. */
const masked = "***";
/** Letters and digits that Kubernetes makes names of. */
const safe = "bcdfghjklmnpqrstvwxz2456789";
const podOfDeployment = new RegExp(
  `(?<![\\w.-])[a-z0-9](?:[a-z0-9-]{0,60})-[${safe}]{6,10}-[${safe}]{5}(?![\\w.-])`,
  "g",
);
const value = `(?:'[^']*'|"[^"]*"|[^\\s'"]+)`;

/** Reads them from the entries: what succeeded, with the names of pods as the runbook's own placeholder. */
export function additionalCommands(entries: readonly IncidentEntry[], blocks: readonly Block[]): AdditionalCommands {
  const pods = podNames(entries);
  const own = blocks.flatMap(({ text }) => text.match(/<pods?(?:[-_ ]?name)?>/i) ?? [])[0] ?? "<pod-name>";
  const commands = new Set<string>();
  const left = new Set<string>();
  const isKnown = commandsOf(blocks);
  for (const { title, commands: ran, succeeded } of entriesOf(entries, "run")) {
    if (!succeeded || title.startsWith(drillTitle)) continue;
    for (const { text, outcome } of ran) {
      const typed = ["", "exit 0", "finished"].includes(outcome) ? typedCommand(text.trim()) : null;
      if (typed === null || typed === "") continue;
      const command = typed.length > mostLooked ? typed : withPlaceholders(typed, pods, own);
      const why = unfit(command);
      if (typed.length <= mostLooked && (isKnown(typed) || isKnown(command))) continue;
      if (why) left.add(`A command of “${title}” ${why}`);
      else if (commands.size < mostCommands) commands.add(command);
      else left.add(`More than ${mostCommands} commands were run: the others are in the report only`);
    }
  }
  return { commands: [...commands], left: [...left] };
}

/** Whether a command stands in one of the blocks, with whatever values for their placeholders. */
export function commandsOf(blocks: readonly Block[]): (command: string) => boolean {
  const texts = blocks.map(({ text }) => normal(text));
  const parts = texts.flatMap((text) => text.split("\n").flatMap((line) => [line, ...line.split(/;|&&|\|\|/)]));
  const patterns = parts.flatMap((part) => patternOf(part.trim()) ?? []);
  return (command) => {
    const wanted = normal(command);
    return texts.some((text) => holds(text, wanted)) || patterns.some((pattern) => pattern.test(wanted));
  };
}

/** Lines without indentation, prompts, continuations and differing space. */
function normal(text: string): string {
  return text
    .replaceAll(/\\\r?\n/g, " ")
    .split(/\r?\n/)
    .map((line) =>
      line
        .replace(/^\s*\$ /, "")
        .replaceAll(/[ \t]+/g, " ")
        .trim(),
    )
    .join("\n");
}

/** Whether a command stands in a script by itself: between line ends or the signs that part commands. */
function holds(script: string, command: string): boolean {
  for (let at = script.indexOf(command); at >= 0; at = script.indexOf(command, at + 1)) {
    const before = script.slice(0, at).trimEnd().at(-1) ?? "\n";
    const behind = script.slice(at + command.length).trimStart();
    const startsLine = script.slice(0, at).endsWith("\n") || at === 0 || ";&|(".includes(before);
    const endsLine = behind === "" || script[at + command.length] === "\n" || /^[;&|)#\n]/.test(behind);
    if (startsLine && endsLine) return true;
  }
  return false;
}

function patternOf(line: string): RegExp | null {
  const parts = line.split(/<[A-Za-z][\w -]{0,40}>|\/path\/to\/[\w.-]+/);
  if (parts.length === 1 || parts.length > 6 || line.length > mostCharacters) return null;
  return new RegExp(`^${parts.map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&")).join(value)}$`);
}

function podNames(entries: readonly IncidentEntry[]): string[] {
  const changed = [...entriesOf(entries, "restart"), ...entriesOf(entries, "pod")].map(({ pod }) => pod);
  const told = entriesOf(entries, "event").flatMap(({ object }) => (object.startsWith("Pod/") ? object.slice(4) : []));
  return [...new Set([...changed, ...told])].filter((name) => /^[a-z0-9][a-z0-9.-]{0,252}$/.test(name));
}

function withPlaceholders(command: string, pods: readonly string[], own: string): string {
  const written = command.replaceAll(podOfDeployment, own);
  return pods.reduce(
    (text, name) => text.replaceAll(new RegExp(`(?<![\\w.-])${name.replaceAll(".", "\\.")}(?![\\w.-])`, "g"), own),
    written,
  );
}

/** Why a command cannot stand in a block; null where it can. */
function unfit(command: string): string | null {
  if (command.includes(masked)) return "holds a secret, which is masked: it is in no block";
  if (/[^\P{C}\n\t]/u.test(command)) return "holds characters that cannot be seen: it is in no block";
  if (command.endsWith("\\")) return "is not whole: it is in no block";
  const long = command.length > mostCharacters || command.split("\n").length > mostLines;
  return long ? "is a long script: it is in the report only" : null;
}
