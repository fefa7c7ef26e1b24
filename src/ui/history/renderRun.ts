import type { RunCommandEvent, RunRecord } from "../../journal/runRecord.ts";
import { describeTarget } from "../../plan/plan.ts";
import { PlainText } from "../../run/plainText.ts";
import { commandHead, commandLine } from "../../run/runSummary.ts";
import { dateAndTime, lastLine } from "./runOutcome.ts";

/** What a text of a run has besides commands, output and exit codes. */
export interface RenderOptions {
  /** Head line and durations, which differ from run to run. */
  readonly times: boolean;
}

/** A piece of the text of a run, whole lines. `note`: what the journal says of the output itself. */
export interface RunPiece {
  readonly kind: "head" | "command" | "output" | "result" | "note" | "end";
  readonly text: string;
}

/** The text of a run from its record and the bytes of its output, which begin at byte `from` of it. */
export async function* renderRun(
  record: RunRecord,
  output: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  { times }: RenderOptions,
  from = 0,
): AsyncGenerator<RunPiece> {
  const { start, incomplete } = record;
  const head = `▶ ${dateAndTime(start.at)} ${start.title} [${describeTarget(start.target)}]\n`;
  if (times) yield { kind: "head", text: head };
  const events = [...record.commands];
  if (events.length === 0) yield { kind: "command", text: `${start.script.trimEnd().replaceAll(/^/gm, "│ ")}\n` };
  const text = new PlainText();
  let at = from;
  for await (const chunk of output) {
    let rest = chunk;
    for (let event = events[0]; event && event.offset < at + rest.length; event = events[0]) {
      const before = rest.subarray(0, Math.max(0, event.offset - at));
      yield { kind: "output", text: text.write(before) + text.endLine() };
      yield* eventPieces(record, event, times);
      rest = rest.subarray(before.length);
      at += before.length;
      events.shift();
    }
    yield { kind: "output", text: text.write(rest) };
    at += rest.length;
  }
  yield { kind: "output", text: text.end() };
  for (const event of events) yield* eventPieces(record, event, times);
  if (incomplete) yield { kind: "note", text: `⋯ ${incomplete.problem}\n` };
  yield { kind: "end", text: `${lastLine(record, times)}\n` };
}

function eventPieces({ start }: RunRecord, event: RunCommandEvent, times: boolean): RunPiece[] {
  if (event.type === "begin") {
    return [{ kind: "command", text: `${commandHead(start.commands[event.index]?.text ?? "")}\n` }];
  }
  const line = times ? commandLine(event) : event.status === 0 ? undefined : `✗ exit ${event.status}`;
  return line === undefined ? [] : [{ kind: "result", text: `${line}\n` }];
}
