import type { Plan } from "../../plan/plan.ts";
import type { CommandProgress } from "../../run/commandProgress.ts";
import type { OutputBytes } from "../../run/outputQueue.ts";
import { PlainText } from "../../run/plainText.ts";
import type { RunViewer } from "../../run/planExecutor.ts";
import type { RunResult } from "../../run/runResult.ts";
import { commandHead, commandLine, resultLine } from "../../run/runSummary.ts";

/** How long a line may stay unfinished and silent before what it holds is shown, in ms. */
const quietMs = 300;

/** Takes the bytes of one run and hands their text on: whole lines, or an unfinished line that has gone quiet. */
export class RunOutput implements RunViewer {
  readonly #text = new PlainText();
  readonly #commands: Plan["commands"];
  readonly #write: (text: string) => void;
  readonly #close: (resultLine: string) => void;
  #quietTimer: NodeJS.Timeout | undefined;

  constructor(commands: Plan["commands"], write: (text: string) => void, close: (resultLine: string) => void) {
    this.#commands = commands;
    this.#write = write;
    this.#close = close;
  }

  output({ bytes }: OutputBytes): void {
    clearTimeout(this.#quietTimer);
    this.#write(this.#text.write(bytes));
    this.#quietTimer = setTimeout(() => this.#write(this.#text.pending()), quietMs);
  }

  /** Writes that a command begins, or how it ended where that is worth a line. */
  command(progress: CommandProgress): void {
    clearTimeout(this.#quietTimer);
    const command = this.#commands[progress.index];
    const line = progress.type === "begin" ? command && commandHead(command.text) : commandLine(progress);
    if (line) this.#write(`${this.#text.endLine()}${line}\n`);
  }

  /** Writes what is left and the line that says how the run ended. */
  end(result: RunResult): void {
    clearTimeout(this.#quietTimer);
    this.#write(this.#text.end());
    this.#close(resultLine(result));
  }
}
