import { CodeLens, type Command, type Disposable, Range, type TextDocument } from "vscode";
import type { LensProvider } from "./allLenses.ts";
import type { OpenRunbooks } from "./openRunbooks.ts";

/** What the Run lens of a block does. */
export const aboutRun = "Run this block; its output appears in the Podbook panel";
/** A window whose editor asks for no lenses has none to wait for after this, in ms. */
const mostMs = 3000;
/** An editor that has got its lenses draws those in view within this time, in ms. */
const drawingMs = 1000;
/** What was answered is on its way to the editor after this, in ms: nothing tells when. */
const answeredMs = 20;

/** A Run lens of which nothing is known yet. VS Code asks for its command when it draws it, which tells that it does. */
class FirstLens extends CodeLens {
  readonly run: Command;

  constructor(range: Range, run: Command) {
    super(range);
    this.run = run;
  }
}

/**
 * What a new window shows over the blocks of a runbook before the rest of Podbook is loaded: that keeps the extension host
 * busy, and VS Code starts over when lenses change while it gets them, so that the first ones would come much later.
 */
export class FirstLenses implements LensProvider, Disposable {
  /** Resolves once the editor has drawn lenses, or has none to draw. */
  readonly drawn: Promise<void>;
  readonly #runbooks: OpenRunbooks;
  readonly #end: () => void;
  #timer: NodeJS.Timeout;

  constructor(runbooks: OpenRunbooks) {
    this.#runbooks = runbooks;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.drawn = promise;
    this.#end = resolve;
    this.#timer = setTimeout(resolve, mostMs);
  }

  provideCodeLenses(document: TextDocument): CodeLens[] {
    const lenses = this.#runbooks.blocks(document).map(({ key, block }) => {
      const run = {
        title: "$(play) Run",
        tooltip: aboutRun,
        command: "podbook.runBlock",
        arguments: [document.uri, key],
      };
      return new FirstLens(new Range(block.line, 0, block.line, 0), run);
    });
    this.#endIn(lenses.length > 0 ? drawingMs : answeredMs);
    return lenses;
  }

  resolveCodeLens(lens: CodeLens): CodeLens {
    this.#endIn(answeredMs);
    if (lens instanceof FirstLens) lens.command = lens.run;
    return lens;
  }

  /** Nothing waits any longer. */
  dispose(): void {
    clearTimeout(this.#timer);
    this.#end();
  }

  #endIn(ms: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(this.#end, ms);
  }
}
