import { measuredSeconds } from "../recovery/measuredRecovery.ts";
import { rangeWords } from "../recovery/recoveryClock.ts";
import { scenarioSteps, validationBlocks } from "../recovery/scenarioSteps.ts";
import { fieldName } from "../runbook/fieldNames.ts";
import { fieldsOf } from "../runbook/fields.ts";
import { type Runbook, readRunbook } from "../runbook/runbook.ts";
import type { Scenario } from "../runbook/scenarios.ts";
import { additionalCommands, commandsOf } from "./additionalCommands.ts";
import { type EntryOf, entriesOf, type IncidentEntry } from "./entry.ts";
import { codeSpan, escapeMarkdown, fenced } from "./escapeMarkdown.ts";
import { incidentTimes } from "./times.ts";
import { type MeasuredTime, widenedTime } from "./widenedTime.ts";

/** What an incident has taught, as changes of its runbook. */
export interface Proposal {
  /** The runbook's text with the changes; the same text where there are none. */
  readonly text: string;
  /** What is changed, a sentence each. */
  readonly changes: readonly string[];
  /** What was learnt and cannot be written into the runbook, with the reason. */
  readonly left: readonly string[];
}

/** The day (`2026-11-25`) of a moment in ms since the epoch, by the person's calendar. */
type Day = (at: number) => string;

/**
 * The changes of a runbook that an incident teaches: recovery times that were measured outside of what it expects, commands
 * that were run and stand in none of its blocks, validations that failed. Only what is read back as it was meant is
 * changed, all else stays as it is; and nothing is proposed twice. `entries` are in order.
 */
export function proposeChanges(text: string, entries: readonly IncidentEntry[], day: Day): Proposal {
  const steps: ((before: Proposal) => Proposal)[] = [
    ...[...measuredTimes(entries, readRunbook(text), day)].map(
      ([title, times]) =>
        (before: Proposal) =>
          withTimes(before, title, times),
    ),
    (before) => withCommands(before, entries, day),
    (before) => withFailedValidations(before, entries, day),
  ];
  return steps.reduce((before, step) => step(before), { text, changes: [], left: [] } as Proposal);
}

/** The scenario that an incident was about: the one it began with, else the one that was gone through. */
function scenarioOf(runbook: Runbook, entries: readonly IncidentEntry[]): Scenario | undefined {
  const titles = [
    ...entriesOf(entries, "started").flatMap(({ scenario, title }) => [scenario, title]),
    ...entriesOf(entries, "recovery").map(({ scenario }) => scenario),
  ];
  const found = titles.flatMap((title) => runbook.scenarios.find((one) => one.title === title) ?? []);
  return found[0] ?? (runbook.scenarios.length === 1 ? runbook.scenarios[0] : undefined);
}

function measuredTimes(entries: readonly IncidentEntry[], runbook: Runbook, day: Day): Map<string, MeasuredTime[]> {
  const times = new Map<string, MeasuredTime[]>();
  for (const recovery of entriesOf(entries, "recovery")) {
    const seconds = measuredSeconds(recovery);
    if (seconds === null) continue;
    times.set(recovery.scenario, [...(times.get(recovery.scenario) ?? []), { seconds, day: day(recovery.endedAt) }]);
  }
  const about = scenarioOf(runbook, entries);
  const { began, recovered } = incidentTimes(entries);
  if (about && recovered !== null && !times.has(about.title)) {
    times.set(about.title, [{ seconds: Math.max(0, recovered - began) / 1000, day: day(recovered) }]);
  }
  return times;
}

function withTimes(before: Proposal, title: string, times: readonly MeasuredTime[]): Proposal {
  const runbook = readRunbook(before.text);
  const scenario = runbook.scenarios.find((one) => one.title === title);
  const expected = scenario?.expectedRecoverySeconds;
  const outside = times.filter(({ seconds }) => expected && (seconds < expected[0] || seconds > expected[1]));
  if (!scenario || !expected || outside.length === 0) return before;
  const lines = before.text.split("\n");
  const at = recoveryLine(lines, scenario, runbook);
  const written = at === null ? null : widenedTime(lines[at] ?? "", outside);
  const text = written === null ? before.text : lines.toSpliced(at ?? 0, 1, written).join("\n");
  const after = readRunbook(text).scenarios.find(({ line }) => line === scenario.line)?.expectedRecoverySeconds;
  const holds =
    after &&
    [expected[0], expected[1], ...outside.map(({ seconds }) => seconds)].every(
      (seconds) => after[0] <= seconds && seconds <= after[1],
    );
  if (!holds || !isSameBut(runbook, readRunbook(text), scenario.line)) {
    const problem = `“${title}” did not recover in the time it expects, and how that is written is not understood: change it by hand`;
    return { ...before, left: [...before.left, problem] };
  }
  const change = `“${title}” is expected to recover in ${rangeWords(after)}`;
  return { ...before, text, changes: [...before.changes, change] };
}

/** Zero-based number of the line on which a scenario tells its expected recovery, by itself. */
function recoveryLine(lines: readonly string[], scenario: Scenario, { blocks }: Runbook): number | null {
  for (let at = scenario.line + 1; at <= scenario.endLine; at++) {
    const content = (lines[at] ?? "").trim();
    if (content.startsWith("#") || blocks.some(({ line, endLine }) => line <= at && at <= endLine)) continue;
    const [cell = ""] = content.startsWith("|") ? content.slice(1).split("|") : [];
    const inTable = fieldName(cell.replaceAll(/[*_`]/g, "")) === "recovery";
    const fields = fieldsOf([{ content, line: 0, level: 0, item: -1 }]);
    if (inTable || fields.some(({ name, content: said }) => name === "recovery" && said !== "")) return at;
  }
  return null;
}

/** Whether nothing else has changed than the expected recovery of the scenario on a line. */
function isSameBut(before: Runbook, after: Runbook, line: number): boolean {
  const bare = ({ sections, scenarios, blocks }: Runbook) =>
    JSON.stringify([
      sections,
      blocks.map(({ text, line }) => [text, line]),
      scenarios.map((one) =>
        one.line === line ? { ...one, expectedRecovery: "", expectedRecoverySeconds: null } : one,
      ),
    ]);
  return bare(before) === bare(after);
}

function withCommands(before: Proposal, entries: readonly IncidentEntry[], day: Day): Proposal {
  const runbook = readRunbook(before.text);
  const { commands, left } = additionalCommands(entries, runbook.blocks);
  const known = { ...before, left: [...before.left, ...left] };
  const [started] = entries;
  if (commands.length === 0 || !started) return known;
  const scenario = scenarioOf(runbook, entries);
  const what = commands.length === 1 ? "a command of no block" : `${commands.length} commands of no block`;
  const title = `Also used on ${day(started.at)}`;
  const script = commands.join("\n");
  const text = scenario && withSection(before.text, scenario, title, fenced(script, "bash"));
  const after = text === undefined ? undefined : readRunbook(text);
  const added = after?.blocks.find((block) => block.text.trimEnd() === script && block.section?.title === title);
  if (text === undefined || !after || !added || after.blocks.length !== runbook.blocks.length + 1) {
    const why = scenario
      ? `“${scenario.title}” has no place for it`
      : "the incident was about no scenario of the runbook";
    return { ...known, left: [...known.left, `${what}, as ${why}`] };
  }
  return { ...known, text, changes: [...known.changes, `“${scenario?.title}” has “${title}” with ${what}`] };
}

function withFailedValidations(before: Proposal, entries: readonly IncidentEntry[], day: Day): Proposal {
  const runbook = readRunbook(before.text);
  const scenario = scenarioOf(runbook, entries);
  if (!scenario) return before;
  const blocks = validationBlocks(scenarioSteps(runbook, scenario, []));
  const isValidation = commandsOf(blocks);
  const failed = entriesOf(entries, "run").filter(
    ({ succeeded, effect, commands }) =>
      !succeeded && effect === "read" && commands.some(({ text }) => isValidation(text)),
  );
  const notes = [...new Set(failed.map((run) => failedNote(run, day)))].filter((note) => !before.text.includes(note));
  const [first] = failed;
  if (notes.length === 0 || !first) return before;
  const text = withSection(before.text, scenario, `Validation failed on ${day(first.at)}`, notes.join("\n"));
  const { blocks: after } = readRunbook(text);
  if (after.length !== runbook.blocks.length) return before;
  return {
    ...before,
    text,
    changes: [...before.changes, `“${scenario.title}” has a note on a validation that failed`],
  };
}

function failedNote({ commands, result, at }: EntryOf<"run">, day: Day): string {
  const ran = commands.filter(({ outcome }) => outcome !== "never started").at(-1) ?? commands[0];
  return `- ${codeSpan(ran?.text ?? "")} on ${day(at)} did not succeed: ${escapeMarkdown(result.replace(/ · .*$/s, ""))}`;
}

/** A text with a section at the end of a scenario, one level below it. */
function withSection(text: string, { section, line, endLine }: Scenario, title: string, content: string): string {
  const lines = text.split("\n");
  let end = Math.min(endLine, lines.length - 1);
  const isBlank = (at: number) => /^[ \t\r]*$/.test(lines[at] ?? "");
  while (end > line && isBlank(end)) end--;
  // A rule there parts the scenario from the next.
  if (/^ {0,3}(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,})\r?$/.test(lines[end] ?? "") && isBlank(end - 1))
    end--;
  while (end > line && isBlank(end)) end--;
  const head = section.level < 6 ? `${"#".repeat(section.level + 1)} ${title}` : `**${title}**`;
  const ending = text.includes("\r\n") ? "\r" : "";
  const isLast = end === lines.length - 1;
  const added = ["", head, "", ...content.split("\n")].map((one) => `${one}${ending}`);
  return lines.toSpliced(end + 1, 0, ...added, ...(isLast ? [""] : [])).join("\n");
}
