import type { PodsView, SeenRow } from "../../host/podsView.ts";

/** What the Pods tree showed, and since when. */
export interface SeenTree {
  /** In ms since the epoch. */
  readonly at: number;
  readonly rows: readonly SeenRow[];
}

/** Looks at the Pods tree every 50 ms and remembers each change. */
export class TreeRecorder {
  readonly #seen: SeenTree[] = [];
  readonly #view: PodsView;
  #recording: Promise<void> | undefined;
  #ended = false;

  constructor(view: PodsView) {
    this.#view = view;
    this.#recording = this.#record();
  }

  /** When the tree first fulfilled the condition after `since`; undefined if it did not yet. Both in ms since the epoch. */
  firstAt(since: number, condition: (rows: readonly SeenRow[]) => boolean): number | undefined {
    return this.#seen.find(({ at, rows }) => at >= since && condition(rows))?.at;
  }

  /** Resolves once the tree fulfils the condition, which it must within 5 s. */
  async until(condition: (rows: readonly SeenRow[]) => boolean): Promise<void> {
    for (const deadline = Date.now() + 5_000; Date.now() < deadline; ) {
      const last = this.#seen.at(-1);
      if (last && condition(last.rows)) return;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    throw new Error("The tree did not come to what it should show within 5 s");
  }

  /** Resolves when it looks no more. */
  async end(): Promise<void> {
    this.#ended = true;
    await this.#recording;
  }

  async #record(): Promise<void> {
    let last = "";
    while (!this.#ended) {
      const rows = await this.#view.rows();
      const text = JSON.stringify(rows);
      if (text !== last) this.#seen.push({ at: Date.now(), rows });
      last = text;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}
