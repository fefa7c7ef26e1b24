import type { Memento, Uri } from "vscode";

/** What was given in an incident, whatever the runbook. */
interface IncidentValues {
  readonly incident: string;
  readonly values: Readonly<Record<string, string>>;
}

const incidentKey = "incidentValues";

/**
 * The values that placeholders were given: per runbook, and while an incident is going on those given in it first, so that
 * what was typed into one runbook is there in the next.
 */
export class RememberedValues {
  readonly #memento: Memento;
  #incident: string | null = null;

  constructor(memento: Memento) {
    this.#memento = memento;
  }

  /** From now on values belong to this incident too; null when it has ended. */
  during(incident: string | null): void {
    this.#incident = incident;
  }

  get(runbook: Uri, name: string): string | undefined {
    return this.#ofIncident()[name] ?? this.#memento.get<string>(memoryKey(runbook, name));
  }

  /** Resolves when it is kept. */
  async set(runbook: Uri, name: string, value: string): Promise<void> {
    await this.#memento.update(memoryKey(runbook, name), value);
    if (this.#incident === null) return;
    const values = { ...this.#ofIncident(), [name]: value };
    await this.#memento.update(incidentKey, { incident: this.#incident, values } satisfies IncidentValues);
  }

  #ofIncident(): Readonly<Record<string, string>> {
    const kept = this.#memento.get<IncidentValues>(incidentKey);
    return kept && kept.incident === this.#incident ? kept.values : {};
  }
}

function memoryKey(runbook: Uri, name: string): string {
  return `value:${runbook.toString()}:${name}`;
}
