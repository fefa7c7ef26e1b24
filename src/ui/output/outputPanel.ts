import type { OutputChannel } from "vscode";
import type { Plan } from "../../plan/plan.ts";
import type { RunViewer } from "../../run/planExecutor.ts";
import { headLine } from "../../run/runSummary.ts";
import { PanelText } from "./panelText.ts";
import { WritingRun } from "./runOutput.ts";

/** The panel is written fewer than 20 times a second; what comes first is shown soon. In ms. */
const flushMs = 60;
const soonMs = 5;
/** How long a line may stay unfinished and silent before what it holds is shown, in ms. */
const quietMs = 300;
/** So much of the output of a run goes into the panel at a time, in bytes. */
const mostAtOnce = 64 * 1024;
/** Of a flood nobody can read more, and VS Code's window must not be busy with it. */
const mostOfFlood = 8 * 1024;
/** Runs whose output may still be in the panel. */
const mostKnown = 1000;

/** What is known of a run that the panel shows. */
export interface PanelRun {
  /** Its name in the journal; null where it has none. */
  readonly id: string | null;
  readonly directory: string;
}

/** The "Podbook" output channel: every run writes whole lines into it, and says which run it is while several write. */
export class OutputPanel {
  readonly #channel: OutputChannel;
  readonly #text = new PanelText();
  readonly #writing = new Set<WritingRun>();
  readonly #known = new Map<number, PanelRun>();
  #started = 0;
  #lastFlush = 0;
  #flushTimer: NodeJS.Timeout | undefined;
  #quietTimer: NodeJS.Timeout | undefined;

  constructor(channel: OutputChannel) {
    this.#channel = channel;
  }

  /** Writes the head line of a run and gives the place for its output; the script follows at once or, where the
   * beginnings of its commands are told, command by command. `id` is its name in the journal. */
  begin(plan: Plan, startedAt: Date, commandByCommand: boolean, id: string | null = null): RunViewer {
    // What has ended is told whole before the next begins, as it happened.
    for (const run of this.#writing) if (run.lastLine !== undefined) this.#take(run);
    const number = ++this.#started;
    const run = new WritingRun(number, plan.commands, () => this.#schedule());
    this.#writing.add(run);
    this.#known.set(number, { id, directory: plan.directory });
    this.#known.delete(number - mostKnown);
    const script = commandByCommand ? "" : `${plan.script.trimEnd().replaceAll(/^/gm, "│ ")}\n`;
    const head = `${headLine(plan.title, plan.target, startedAt, number)}\n`;
    this.#text.add(number, `${number > 1 ? "\n" : ""}${head}${script}`, false);
    this.#schedule();
    return run;
  }

  /** A run by the number that the panel shows; undefined where there is none, or it was long ago. */
  run(number: number): PanelRun | undefined {
    return this.#known.get(number);
  }

  /** Brings the panel into view; the cursor stays where it is. */
  show(): void {
    this.#channel.show(true);
  }

  /** The person has emptied the panel. */
  forgetShown(): void {
    this.#text.forget();
  }

  dispose(): void {
    this.#flush();
    clearTimeout(this.#flushTimer);
    clearTimeout(this.#quietTimer);
    this.#channel.dispose();
  }

  #schedule(): void {
    const wait = Math.max(soonMs, this.#lastFlush + flushMs - performance.now());
    this.#flushTimer ??= setTimeout(() => this.#flush(), wait);
  }

  #flush(): void {
    clearTimeout(this.#flushTimer);
    this.#flushTimer = undefined;
    this.#lastFlush = performance.now();
    for (const run of this.#writing) this.#take(run);
    this.#write();
    if (this.#writing.size > 0) this.#quietTimer ??= setTimeout(() => this.#showUnfinished(), quietMs);
    if ([...this.#writing].some(({ text }) => text.waiting)) this.#schedule();
  }

  #take(run: WritingRun): void {
    const { number, text, lastLine } = run;
    const named = this.#writing.size > 1;
    this.#text.add(
      number,
      lastLine === undefined ? text.take(text.flooded ? mostOfFlood : mostAtOnce) : text.end(),
      named,
    );
    if (lastLine === undefined) return;
    this.#text.add(number, lastLine, false);
    this.#writing.delete(run);
  }

  #showUnfinished(): void {
    this.#quietTimer = undefined;
    const quietSince = performance.now() - quietMs;
    for (const { number, text, lastWriteAt } of this.#writing) {
      if (lastWriteAt <= quietSince) this.#text.add(number, text.pending(), this.#writing.size > 1);
      else this.#quietTimer ??= setTimeout(() => this.#showUnfinished(), quietMs);
    }
    this.#write();
  }

  #write(): void {
    const update = this.#text.take();
    if (update?.how === "append") this.#channel.append(update.text);
    else if (update) this.#channel.replace(update.text);
  }
}
