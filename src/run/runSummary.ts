import { describeTarget, type Target } from "../plan/plan.ts";
import type { CommandEnd } from "./commandProgress.ts";
import type { RunResult } from "./runResult.ts";

/** A command that took less, in ms, needs no line for its success. */
const worthSayingMs = 1000;

/** A duration in ms as lenses and the output show it: `0.3 s`, `12.4 s`, `3 min 20 s`. */
export function durationText(durationMs: number): string {
  const seconds = durationMs / 1000;
  if (seconds < 60) return `${seconds.toFixed(1)} s`;
  return `${Math.floor(seconds / 60)} min ${Math.floor(seconds % 60)} s`;
}

/** The line that begins a run in the output: when, its number where it has one, what, and where. */
export function headLine(title: string, target: Target | null, at: Date, number?: number): string {
  const time = at.toTimeString().slice(0, 8);
  return `▶ ${time} ${number === undefined ? "" : `#${number} `}${title} [${describeTarget(target)}]`;
}

/** The result as the lens shows it, short: `✓ 0 · 1.3 s`. */
export function shortResult(result: RunResult): string {
  return `${mark(result)} ${word(result)} · ${durationText(result.durationMs)}`;
}

/** The result as the last line of a run in the output shows it, in words. */
export function resultLine(result: RunResult): string {
  if (result.outcome === "not-started") return `✗ not started: ${result.problem}`;
  const ended = {
    exited: result.exitCode === 0 ? "✓ done, exit 0" : `✗ failed, exit ${result.exitCode}`,
    killed: `✗ killed by ${result.signal}`,
    stopped: "■ stopped",
    "timed-out": "✗ timed out",
  }[result.outcome];
  const left = result.leftRunning ? " · background processes go on (Podbook: Stop All Runs ends them)" : "";
  return `${ended} · ${durationText(result.durationMs)}${left}`;
}

/** A command as the output shows it when it begins. */
export function commandHead(text: string): string {
  return `⏵ ${text.trimEnd().replaceAll("\n", "\n│ ")}`;
}

/** How a command ended, as the output shows it before the next begins; undefined where there is nothing to say. */
export function commandLine({ status, durationMs }: CommandEnd): string | undefined {
  if (status !== 0) return `✗ exit ${status} · ${durationText(durationMs)}`;
  return durationMs >= worthSayingMs ? `✓ ${durationText(durationMs)}` : undefined;
}

function mark(result: RunResult): string {
  if (result.outcome === "stopped") return "■";
  return result.outcome === "exited" && result.exitCode === 0 ? "✓" : "✗";
}

function word(result: RunResult): string {
  if (result.outcome === "exited") return String(result.exitCode);
  if (result.outcome === "killed") return String(result.signal);
  return { stopped: "stopped", "timed-out": "timed out", "not-started": "not started" }[result.outcome];
}
