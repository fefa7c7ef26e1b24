/** So much the panel holds at most, in characters, and so much is kept when it is cut back. */
export const mostShown = 2_000_000;
export const keptShown = 1_000_000;

const cutBackLine = "⋯ earlier output is left out here · Podbook: Show Runs has every run\n";

/** What is to be done with the panel: text goes behind its end or takes the place of all of it. */
export interface PanelUpdate {
  readonly how: "append" | "replace";
  readonly text: string;
}

/** The text of the panel, from whole lines of runs that may write at once. Bounded: beyond 2 MB only its end is kept. */
export class PanelText {
  #added: string[] = [];
  /** What the panel shows, in pieces. */
  #shown: string[] = [];
  #length = 0;
  /** The run whose unfinished line the text ends with; 0 when the text ends with a line end. */
  #openLine = 0;

  /** Adds text of a run; `named` puts the run's number before each line. */
  add(run: number, text: string, named: boolean): void {
    if (text === "") return;
    const prefix = named ? `[${run}] ` : "";
    const continues = this.#openLine === run;
    if (this.#openLine !== 0 && !continues) this.#added.push("\n");
    const ended = text.endsWith("\n");
    const body = ended ? text.slice(0, -1) : text;
    const lines = prefix === "" ? body : body.replaceAll("\n", `\n${prefix}`);
    this.#added.push((continues ? "" : prefix) + lines + (ended ? "\n" : ""));
    this.#openLine = ended ? 0 : run;
  }

  /** What was added since the last time; undefined where nothing was. */
  take(): PanelUpdate | undefined {
    if (this.#added.length === 0) return undefined;
    const text = this.#added.join("");
    this.#added = [];
    this.#shown.push(text);
    this.#length += text.length;
    return this.#length <= mostShown ? { how: "append", text } : { how: "replace", text: this.#cutBack() };
  }

  /** The person has emptied the panel: what it showed does not come back. */
  forget(): void {
    this.#shown = [];
    this.#length = 0;
  }

  #cutBack(): string {
    const all = this.#shown.join("");
    const from = all.length - keptShown;
    const lineEnd = all.indexOf("\n", from);
    const text = cutBackLine + all.slice(lineEnd < 0 ? from : lineEnd + 1);
    this.#shown = [text];
    this.#length = text.length;
    return text;
  }
}
