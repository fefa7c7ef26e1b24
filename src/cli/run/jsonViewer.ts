import type { Plan, Target } from "../../plan/plan.ts";
import type { CommandProgress } from "../../run/commandProgress.ts";
import type { OutputBytes } from "../../run/outputQueue.ts";
import type { RunViewer } from "../../run/planExecutor.ts";
import type { RunResult } from "../../run/runResult.ts";
import type { Block } from "../../runbook/runbook.ts";
import type { Effect } from "../../shell/analysis.ts";
import type { OutputPlaces } from "./textViewer.ts";
import { type JsonBytes, WholeCharacters } from "./wholeCharacters.ts";

/** A line that `podbook run --json` prints. */
export type JsonEvent =
  | {
      readonly type: "start";
      /** Name of the run in the journal. */
      readonly id: string;
      readonly block: string;
      readonly title: string;
      readonly script: string;
      readonly target: Target | null;
      readonly directory: string;
      readonly effect: Effect;
      /** Lines are one-based lines of the file. */
      readonly commands: readonly {
        readonly line: number;
        readonly endLine: number;
        readonly text: string;
        readonly effect: Effect;
        readonly reasons: readonly string[];
      }[];
    }
  | CommandProgress
  | ({ readonly type: "output"; readonly stream: "stdout" | "stderr" } & JsonBytes)
  | ({ readonly type: "ended"; readonly id: string } & Omit<RunResult, "commands" | "session">);

/** Tells a program what happens in a run: one JSON object a line. */
export class JsonViewer implements RunViewer {
  readonly #id: string;
  readonly #places: OutputPlaces;
  readonly #texts = { stdout: new WholeCharacters(), stderr: new WholeCharacters() };

  constructor(id: string, plan: Plan, block: Block, places: OutputPlaces) {
    this.#id = id;
    this.#places = places;
    // The line of the fence, one-based, is the zero-based line of the text below it.
    const first = block.line + 2;
    const { title, script, target, directory, effect } = plan;
    const commands = plan.commands.map(({ line, endLine, text, effect, reasons }) => {
      return { line: first + line, endLine: first + endLine, text, effect, reasons };
    });
    void this.#tell({ type: "start", id, block: block.id, title, script, target, directory, effect, commands });
  }

  async output({ stream, bytes }: OutputBytes): Promise<void> {
    const name = stream === "errors" ? "stderr" : "stdout";
    await this.#tellBytes(name, this.#texts[name].write(bytes));
  }

  command(progress: CommandProgress): Promise<void> {
    return this.#tell(progress);
  }

  async end({ commands, session, ...result }: RunResult): Promise<void> {
    for (const name of ["stdout", "stderr"] as const) await this.#tellBytes(name, this.#texts[name].end());
    await this.#tell({ type: "ended", id: this.#id, ...result });
  }

  async #tellBytes(stream: "stdout" | "stderr", bytes: JsonBytes | null): Promise<void> {
    if (bytes !== null) await this.#tell({ type: "output", stream, ...bytes });
  }

  #tell(event: JsonEvent): Promise<void> {
    return this.#places.writer.write(this.#places.outputFd, `${JSON.stringify(event)}\n`);
  }
}
