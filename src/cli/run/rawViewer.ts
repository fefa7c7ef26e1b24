import type { OutputBytes } from "../../run/outputQueue.ts";
import type { RunViewer } from "../../run/planExecutor.ts";
import type { RunResult } from "../../run/runResult.ts";
import type { OutputPlaces } from "./textViewer.ts";

/** Hands the block's own bytes on and says nothing, except where there is no block to speak for itself. */
export class RawViewer implements RunViewer {
  readonly #places: OutputPlaces;

  constructor(places: OutputPlaces) {
    this.#places = places;
  }

  output(): void {}

  unmasked({ stream, bytes }: OutputBytes): Promise<void> {
    const { writer, outputFd, errorsFd } = this.#places;
    return writer.write(stream === "errors" ? errorsFd : outputFd, bytes);
  }

  command(): void {}

  async end({ problem }: RunResult): Promise<void> {
    if (problem !== null) await this.#places.writer.write(this.#places.errorsFd, `podbook: ${problem}\n`);
  }
}
