import type { Plan } from "../plan/plan.ts";
import type { RunResult } from "./runResult.ts";

/** A run that was stopped, and how far it had come. */
export interface StoppedRun {
  readonly plan: Plan;
  readonly result: RunResult;
}

/** What had been done when a run was stopped, for a person; empty where bash told nothing of its commands. */
export function stoppedAt({ commands: states }: Pick<RunResult, "commands">, { commands }: Plan): string {
  if (states.length === 0) return "";
  const finished = states.filter((state) => state === "finished").length;
  const texts = (wanted: string) =>
    commands.flatMap(({ text }, index) => (states[index] === wanted ? [firstLine(text)] : []));
  const cut = texts("cut");
  const never = texts("never-started");
  return [
    `${finished} of ${states.length} commands had finished`,
    ...(cut.length > 0 ? [`cut: ${cut.join("; ")}`] : []),
    ...(never.length > 0 ? [`never started: ${never.join("; ")}`] : []),
  ].join(" · ");
}

/** What a stop of everything did: what it ended, what had finished in it, and what was still waiting to begin. */
export function stopReport(stopped: readonly StoppedRun[], neverStarted: readonly string[]): string {
  if (stopped.length + neverStarted.length === 0) return "Nothing was running.";
  const lines = stopped.map(({ plan, result }) => {
    const at = stoppedAt(result, plan);
    const how = result.outcome === "stopped" ? "was cut" : "had ended; what it left running was ended";
    return `${plan.title} ${how}${at === "" ? "" : ` (${at})`}.`;
  });
  const waiting = neverStarted.map((title) => `${title} never started.`);
  const count = stopped.length === 1 ? "1 run" : `${stopped.length} runs`;
  return [`Stopped ${count}.`, ...lines, ...waiting].join(" ");
}

function firstLine(text: string): string {
  const [line = "", ...more] = text.split("\n");
  return more.length > 0 ? `${line} …` : line;
}
