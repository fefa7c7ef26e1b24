import { randomUUID } from "node:crypto";
import { endMarked } from "./processes.ts";

const variable = "PODBOOK_TEST_RUN";

/** Knows every process that this one starts from now on, directly or not, by a mark in their environment. */
export class Ownership {
  readonly #id = randomUUID();

  constructor() {
    process.env[variable] = this.#id;
  }

  /** Gives them `aloneMs` to end by themselves, then ends them. Resolves with a line for each that did not end alone. */
  async endAll(aloneMs: number): Promise<string[]> {
    const found = await endMarked(variable, this.#id, aloneMs);
    return found.map(({ pid, command }) => `${pid} ${command}`);
  }
}
