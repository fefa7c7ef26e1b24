/** Lets those who need the same thing have it one after another, in the order in which they ask. */
export class Turns {
  readonly #last = new Map<string, Promise<unknown>>();

  /** Does the work once everybody who asked for the thing before has done theirs, well or not. */
  take<T>(thing: string, work: () => Promise<T>): Promise<T> {
    const mine = (this.#last.get(thing) ?? Promise.resolve()).then(work, work);
    this.#last.set(thing, mine);
    return mine;
  }
}
