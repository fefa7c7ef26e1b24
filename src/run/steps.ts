import type { Socket } from "node:net";
import { createInterface } from "node:readline";

/** A command of the script that is about to run. */
export interface Step {
  /** Zero-based line in the script. */
  readonly line: number;
  /** Exit status of what ran before. */
  readonly lastStatus: number;
}

/** Whether a command runs or is left out. */
export type StepDecision = (step: Step) => Promise<"run" | "skip">;

/** Answers bash's questions on the control socket, in their order, until either side closes it. */
export function answerSteps(control: Socket, decide: StepDecision): void {
  // The run ended or was stopped while a question was open: nobody waits for the answer any more.
  control.on("error", () => control.destroy());
  createInterface({ input: control }).on("line", (question) => {
    const [status, line] = question.split(" ").map(Number);
    void decide({ line: (line ?? 1) - 1, lastStatus: status ?? 0 }).then((answer) => {
      if (control.writable) control.write(`${answer}\n`);
    });
  });
}

/**
 * Asks a person once for each top-level command, whatever bash asks within it; `lines` are the zero-based first and last
 * lines of the commands, in order. `ask` gets the index of the command. A script does not go back: what bash asks about from
 * an earlier line is a trap's, and runs.
 */
export function oncePerCommand(
  lines: readonly { readonly line: number; readonly endLine: number }[],
  ask: (index: number, lastStatus: number) => Promise<"run" | "skip">,
): StepDecision {
  let asked = -1;
  let answer: Promise<"run" | "skip"> = Promise.resolve("run");
  return ({ line, lastStatus }) => {
    const index = lines.findIndex((command) => command.line <= line && line <= command.endLine);
    if (index !== -1 && index < asked) return Promise.resolve("run");
    if (index > asked) {
      asked = index;
      answer = ask(index, lastStatus);
    }
    return answer;
  };
}
