import { PlainText } from "../../run/plainText.ts";
import type { RunResult } from "../../run/run.ts";
import { resultLine } from "./runSummary.ts";

/** How long a line may stay unfinished and silent before what it holds is shown, in ms. */
const quietMs = 300;

/** Takes the bytes of one run and hands their text on: whole lines, or an unfinished line that has gone quiet. */
export class RunOutput {
  readonly #text = new PlainText();
  readonly #write: (text: string) => void;
  readonly #close: (resultLine: string) => void;
  #quietTimer: NodeJS.Timeout | undefined;

  constructor(write: (text: string) => void, close: (resultLine: string) => void) {
    this.#write = write;
    this.#close = close;
  }

  write(bytes: Uint8Array): void {
    clearTimeout(this.#quietTimer);
    this.#write(this.#text.write(bytes));
    this.#quietTimer = setTimeout(() => this.#write(this.#text.pending()), quietMs);
  }

  /** Writes what is left and the line that says how the run ended. */
  end(result: RunResult): void {
    clearTimeout(this.#quietTimer);
    this.#write(this.#text.end());
    this.#close(resultLine(result));
  }
}
