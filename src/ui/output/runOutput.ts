import type { Plan } from "../../plan/plan.ts";
import type { CommandProgress } from "../../run/commandProgress.ts";
import type { OutputBytes } from "../../run/outputQueue.ts";
import type { RunViewer } from "../../run/planExecutor.ts";
import type { RunResult } from "../../run/runResult.ts";
import { commandHead, commandLine, resultLine } from "../../run/runSummary.ts";
import { RunText } from "./runText.ts";

/** The output of one run on its way to the panel. */
export class WritingRun implements RunViewer {
  readonly number: number;
  readonly text: RunText;
  readonly #commands: Plan["commands"];
  readonly #changed: () => void;
  /** Monotonic, in ms. */
  lastWriteAt = 0;
  #result: RunResult | undefined;

  /** `changed` is told whenever there is something to show. */
  constructor(number: number, commands: Plan["commands"], changed: () => void) {
    this.number = number;
    this.text = new RunText((bytes) => leftOutLine(bytes, number));
    this.#commands = commands;
    this.#changed = changed;
  }

  output({ bytes }: OutputBytes): void {
    this.text.write(bytes);
    this.lastWriteAt = performance.now();
    this.#changed();
  }

  command(progress: CommandProgress): void {
    const command = this.#commands[progress.index];
    const line = progress.type === "begin" ? command && commandHead(command.text) : commandLine(progress);
    if (!line) return;
    this.text.line(line);
    this.#changed();
  }

  end(result: RunResult): void {
    this.#result = result;
    this.#changed();
  }

  /** The line that ends the run in the panel; undefined while it goes on. */
  get lastLine(): string | undefined {
    return this.#result && `${resultLine(this.#result).replace(" ", ` #${this.number} `)}\n`;
  }
}

/** The line that stands where output of a run was left out. */
export function leftOutLine(bytes: number, run: number): string {
  return `⋯ #${run} ${sizeText(bytes)} left out here · Podbook: Open Full Output has all of it`;
}

/** A number of bytes for a person: `312 bytes`, `48.2 MB`. */
export function sizeText(bytes: number): string {
  if (bytes < 1000) return bytes === 1 ? "1 byte" : `${bytes} bytes`;
  const units = ["kB", "MB", "GB"];
  const power = Math.min(units.length, Math.floor(Math.log10(bytes) / 3));
  return `${(bytes / 1000 ** power).toFixed(1)} ${units[power - 1]}`;
}
