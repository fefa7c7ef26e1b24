/** An editor that has no lens in view draws none; what waits goes on after this, in ms. */
const mostMs = 3000;

/**
 * Ends when the editor draws lenses for the first time in this window. Work that changes lenses, or keeps the extension
 * host busy, waits for it: VS Code starts over when lenses change while it gets them, after a pause that grows with the
 * time the last attempt took, and so the first lenses would come a second later.
 */
export class FirstDrawing {
  /** Resolves with the first drawing, or at last some seconds after the construction. */
  readonly done: Promise<void>;
  #timer: NodeJS.Timeout | undefined;
  #end: () => void = () => {};

  constructor() {
    this.done = new Promise((resolve) => {
      this.#end = resolve;
      this.#timer = setTimeout(resolve, mostMs);
    });
  }

  /** The editor draws: it asks for the words of a lens in view. */
  begun(): void {
    clearTimeout(this.#timer);
    this.#end();
  }

  /** Nothing waits any longer. */
  dispose(): void {
    this.begun();
  }
}
