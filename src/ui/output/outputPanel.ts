import type { OutputChannel } from "vscode";
import { describeTarget, type Plan } from "../../plan/plan.ts";
import { RunOutput } from "./runOutput.ts";

const flushMs = 50;

/** The "Podbook" output channel: every run writes whole lines into it, and says which run it is while several write. */
export class OutputPanel {
  readonly #channel: OutputChannel;
  readonly #writing = new Set<number>();
  #started = 0;
  /** The run whose unfinished line the text ends with; 0 when the text ends with a line end. */
  #openLine = 0;
  #buffer = "";
  #flushTimer: NodeJS.Timeout | undefined;

  constructor(channel: OutputChannel) {
    this.#channel = channel;
  }

  /** Writes the head line of a run and gives the place for its output; the script follows at once or, where the
   * beginnings of its commands are told, command by command. */
  begin(plan: Plan, startedAt: Date, commandByCommand: boolean): RunOutput {
    const run = ++this.#started;
    this.#writing.add(run);
    const time = startedAt.toTimeString().slice(0, 8);
    const script = commandByCommand ? "" : `${plan.script.trimEnd().replaceAll(/^/gm, "│ ")}\n`;
    const head = `▶ ${time} #${run} ${plan.title} [${describeTarget(plan.target)}]\n`;
    this.#write(run, `${run > 1 ? "\n" : ""}${head}${script}`, false);
    return new RunOutput(
      plan.commands,
      (output) => this.#write(run, output, this.#writing.size > 1),
      (result) => {
        this.#write(run, `${result.replace(" ", ` #${run} `)}\n`, false);
        this.#writing.delete(run);
      },
    );
  }

  /** Brings the panel into view; the cursor stays where it is. */
  show(): void {
    this.#channel.show(true);
  }

  dispose(): void {
    this.#flush();
    this.#channel.dispose();
  }

  #write(run: number, text: string, named: boolean): void {
    if (text === "") return;
    const prefix = named ? `[${run}] ` : "";
    const continues = this.#openLine === run;
    if (this.#openLine !== 0 && !continues) this.#buffer += "\n";
    const ended = text.endsWith("\n");
    const body = ended ? text.slice(0, -1) : text;
    this.#buffer += (continues ? "" : prefix) + body.replaceAll("\n", `\n${prefix}`) + (ended ? "\n" : "");
    this.#openLine = ended ? 0 : run;
    this.#flushTimer ??= setTimeout(() => this.#flush(), flushMs);
  }

  #flush(): void {
    clearTimeout(this.#flushTimer);
    this.#flushTimer = undefined;
    const text = this.#buffer;
    this.#buffer = "";
    if (text !== "") this.#channel.append(text);
  }
}
