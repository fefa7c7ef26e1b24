import { quoteWord } from "../shell/quote.ts";
import { type WorkloadName, workloadWords } from "./actions.ts";

/** How long a workload is watched after a change before the verdict is that it is not healthy, in s. */
export const verdictSeconds = 120;

/** The first line of an action with a verdict: bash counts the seconds from here. */
export const startClock = "SECONDS=0";

/**
 * The end of an action that changes a workload: it is followed until it is healthy or the time is up, and the verdict is
 * the last line and the exit code.
 */
export function verdict(workload: WorkloadName): string[] {
  const named = quoteWord(`${workload.kind}/${workload.name}`);
  return [
    `if kubectl rollout status ${workloadWords(workload)} --timeout=${verdictSeconds}s; then`,
    `  echo ${named} "recovered in $SECONDS s"`,
    "else",
    `  echo ${named} "is not healthy after $SECONDS s"`,
    "  exit 1",
    "fi",
  ];
}

/** What a person would type of a command of such a script: not its clock, and its verdict as the one command it asks. */
export function typedCommand(text: string): string | null {
  if (text === startClock) return null;
  return /^if (kubectl rollout status [^\n;]+); then\n/.exec(text)?.[1] ?? text;
}

/** A script of these lines. */
export function lines(...all: readonly string[]): string {
  return `${all.join("\n")}\n`;
}
