import type { Plan } from "../../plan/plan.ts";
import { canMark } from "../../run/commandMarks.ts";
import type { CommandProgress } from "../../run/commandProgress.ts";
import type { OutputBytes } from "../../run/outputQueue.ts";
import type { RunViewer } from "../../run/planExecutor.ts";
import type { RunResult } from "../../run/runResult.ts";
import { commandHead, commandLine, headLine, resultLine } from "../../run/runSummary.ts";
import { printable } from "../printable.ts";
import { isSameFile, type OutputWriter } from "./outputWriter.ts";

/** Where the output of a run goes, and what is said of it. */
export interface OutputPlaces {
  readonly writer: OutputWriter;
  readonly outputFd: number;
  readonly errorsFd: number;
}

const lineEnd = 0x0a;

/** Shows a run to a person: its output on one descriptor, and around it on the other what runs and how it ended. */
export class TextViewer implements RunViewer {
  readonly #plan: Plan;
  readonly #places: OutputPlaces;
  readonly #together: boolean;
  /** Whether the output stops within a line. */
  #inLine = false;

  constructor(plan: Plan, startedAt: Date, places: OutputPlaces) {
    this.#plan = plan;
    this.#places = places;
    this.#together = isSameFile(places.outputFd, places.errorsFd);
    void this.#say(headLine(plan.title, plan.target, startedAt));
    // Where bash tells of no commands, all of them are shown at once.
    if (!canMark(plan.script, plan.commands)) void this.#say(plan.script.trim().replaceAll(/^/gm, "│ "));
  }

  output({ bytes }: OutputBytes): Promise<void> {
    this.#inLine = bytes.at(-1) !== lineEnd;
    return this.#places.writer.write(this.#places.outputFd, bytes);
  }

  async command(progress: CommandProgress): Promise<void> {
    const command = this.#plan.commands[progress.index];
    const line = progress.type === "begin" ? command && commandHead(command.text) : commandLine(progress);
    if (line) await this.#say(line);
  }

  end(result: RunResult): Promise<void> {
    // What it leaves running is ended with this process, which says so then.
    return this.#say(resultLine({ ...result, leftRunning: false }));
  }

  #say(text: string): Promise<void> {
    const lines = text.split("\n").map((line) => `${printable(line)}\n`);
    const before = this.#together && this.#inLine ? "\n" : "";
    this.#inLine = false;
    return this.#places.writer.write(this.#places.errorsFd, before + lines.join(""));
  }
}
