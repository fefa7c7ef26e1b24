import { secretsOfRun } from "../../cluster/secretValues.ts";
import { type Connect, PlanExecutor } from "../../run/planExecutor.ts";
import { Runs } from "../../run/runs.ts";
import { hastyStop, patientStop } from "../../run/stopTimes.ts";
import type { Terminal } from "../terminal.ts";
import { brokenPipe, interrupted } from "./exitStatus.ts";
import { Interruption } from "./interruption.ts";
import { OutputWriter } from "./outputWriter.ts";
import { type OpenedJournal, openRunJournal } from "./runJournal.ts";

/** Owns the blocks that run, and ends them before their time after a signal to this process, or when their reader has gone. */
export class RunningBlocks {
  readonly executor: PlanExecutor;
  readonly writer: OutputWriter;
  readonly #terminal: Terminal;
  readonly #isRaw: boolean;
  readonly #interruption: Interruption;
  readonly #stop = new AbortController();
  readonly #runs = new Runs();
  #opened: Promise<OpenedJournal> | undefined;
  #broken: NodeJS.ErrnoException | undefined;

  /** `isRaw`: what blocks print goes to both descriptors of the terminal, and nothing else does. */
  constructor(terminal: Terminal, connect: Connect, isRaw: boolean) {
    this.#terminal = terminal;
    this.#isRaw = isRaw;
    this.writer = new OutputWriter((fd, error) => {
      if (fd !== terminal.outputFd && !isRaw) return;
      this.#broken ??= error;
      this.#stop.abort();
    });
    const onProblem = (message: string) => this.say(`podbook: ${message}\n`);
    const onNews = (message: string) => {
      if (!isRaw) onProblem(message);
    };
    const journal = async () => {
      this.#opened ??= openRunJournal(terminal, { onProblem, onNews });
      return (await this.#opened).journal;
    };
    this.executor = new PlanExecutor({
      runs: this.#runs,
      journal,
      connect,
      secrets: ({ plan, pinned }) => secretsOfRun({ plan, pinned, connect }),
      environment: terminal.environment,
    });
    this.#interruption = new Interruption(terminal.signals);
    this.signal.addEventListener("abort", () => void this.executor.stopAll(patientStop));
    this.#interruption.asked.addEventListener("abort", () => this.#stop.abort());
    this.#interruption.askedAgain.addEventListener("abort", () => {
      this.writer.abandon();
      void this.executor.stopAll(hastyStop);
    });
  }

  /** Aborts when nothing more shall run. */
  get signal(): AbortSignal {
    return this.#stop.signal;
  }

  /** Tells the person something, in its order with the output. */
  say(text: string): void {
    void this.writer.write(this.#terminal.errorsFd, text);
  }

  /** What this process exits with where the blocks were ended before their time. */
  stoppedStatus(): number | undefined {
    if (this.#interruption.asked.aborted) return interrupted;
    if (this.#broken) return this.#broken.code === "EPIPE" ? brokenPipe : 2;
    return undefined;
  }

  /** Ends what blocks have left working in the background, and settles when all output is where it should be. */
  async close(): Promise<void> {
    const left = await this.executor.stopAll(hastyStop);
    this.#runs.dispose();
    await (await this.#opened)?.tidied;
    if (left.length > 0 && !this.#isRaw)
      this.say("podbook: ended what the block had left running in the background.\n");
    if (this.#broken && this.#broken.code !== "EPIPE") {
      this.say(`podbook: stopped, for the output cannot be written: ${this.#broken.message}.\n`);
    }
    await this.writer.drained();
    this.#interruption.dispose();
    // Nobody reads, and the person has asked twice: a write under way would keep this process.
    if (this.writer.isBusy()) this.#terminal.die("SIGINT");
  }
}
