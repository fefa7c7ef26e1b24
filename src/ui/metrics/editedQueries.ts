import type { Memento, Uri } from "vscode";

/** The queries of runbooks that the person asks in another form than Podbook gives them, kept in the workspace. */
export class EditedQueries {
  readonly #memento: Memento;

  constructor(memento: Memento) {
    this.#memento = memento;
  }

  /** The form that a query, as it is written in the runbook, was given; undefined where it was given none. */
  get(runbook: Uri, written: string): string | undefined {
    return this.#of(runbook)[written];
  }

  /** Keeps the form of a query, or forgets it where it is empty. */
  async set(runbook: Uri, written: string, expression: string): Promise<void> {
    const { [written]: _before, ...others } = this.#of(runbook);
    const all = expression === "" ? others : { ...others, [written]: expression };
    await this.#memento.update(keyOf(runbook), all);
  }

  #of(runbook: Uri): Readonly<Record<string, string>> {
    return this.#memento.get(keyOf(runbook), {});
  }
}

function keyOf(runbook: Uri): string {
  return `queries:${runbook.toString()}`;
}
