import { type Disposable, EventEmitter, type Uri } from "vscode";
import type { KeptRecovery, Recoveries } from "../../journal/recoveries.ts";
import type { MeasuredRecovery } from "../../recovery/measuredRecovery.ts";

/** The last recovery of each scenario, of this window and of all before. */
export class LastRecoveries implements Disposable {
  readonly #recoveries: Recoveries;
  readonly #onProblem: (error: unknown) => void;
  readonly #added = new EventEmitter<MeasuredRecovery>();
  readonly #changed = new EventEmitter<void>();
  /** A recovery was measured in this window. */
  readonly onDidAdd = this.#added.event;
  readonly onDidChange = this.#changed.event;
  #last = new Map<string, KeptRecovery>();

  constructor(recoveries: Recoveries, onProblem: (error: unknown) => void) {
    this.#recoveries = recoveries;
    this.#onProblem = onProblem;
  }

  /** Undefined where none was measured, as far as is known. */
  of(runbook: Uri, scenario: string): MeasuredRecovery | undefined {
    return this.#last.get(keyOf(runbook.toString(), scenario));
  }

  /** All that were ever measured, the newest last. */
  all(): Promise<KeptRecovery[]> {
    return this.#recoveries.read();
  }

  /** Writes one down. */
  async add(runbook: Uri, measured: MeasuredRecovery): Promise<void> {
    this.#added.fire(measured);
    await this.#recoveries.add(runbook.toString(), measured);
    await this.#read();
  }

  /** Reads anew what other windows may have measured. */
  refresh(): void {
    this.#read().catch(this.#onProblem);
  }

  dispose(): void {
    this.#added.dispose();
    this.#changed.dispose();
  }

  async #read(): Promise<void> {
    const all = await this.#recoveries.read();
    this.#last = new Map(all.map((one) => [keyOf(one.runbook, one.scenario), one]));
    this.#changed.fire();
  }
}

function keyOf(runbook: string, scenario: string): string {
  return JSON.stringify([runbook, scenario]);
}
