import { resolve } from "node:path";
import { valueProblem } from "../../plan/fillPlaceholders.ts";
import type { BlockAnalysis, Placeholder } from "../../shell/analysis.ts";
import { quoteWord } from "../../shell/quote.ts";
import { CliError, usageError } from "../cliError.ts";

/** Where relative folders start. Absolute paths. */
export interface Places {
  readonly directory: string;
  readonly home: string;
}

/** The values of placeholders that are known: those of the command line, and those that the person has typed. */
export class BlockValues {
  readonly #given: ReadonlyMap<string, string>;
  readonly #places: Places;
  readonly #typed = new Map<string, string>();

  constructor(given: ReadonlyMap<string, string>, places: Places) {
    this.#given = given;
    this.#places = places;
  }

  /** The value for a placeholder, as it is filled in; undefined where there is none yet. */
  of({ name, form }: Placeholder): string | undefined {
    const value = this.#given.get(name) ?? this.#given.get(bareName(name)) ?? this.#typed.get(name);
    return value === undefined || form !== "path" ? value : this.#path(value);
  }

  /** Whether the command line gives a variable its value. */
  isGiven(variable: string): boolean {
    return [variable, `$${variable}`, `\${${variable}}`].some((name) => this.#given.has(name));
  }

  /** The values of a block that are known, by the names as they stand in the text. */
  all({ placeholders }: BlockAnalysis): Map<string, string> {
    const pairs = placeholders.map((one): [string, string | undefined] => [one.name, this.of(one)]);
    return new Map(pairs.filter((pair): pair is [string, string] => pair[1] !== undefined));
  }

  /** Keeps what was typed; gives why it cannot be, for a person, or null. */
  keep(value: string, name: string, analysis: BlockAnalysis): string | null {
    const places = analysis.placeholders.filter((placeholder) => placeholder.name === name);
    const filled = places.some(({ form }) => form === "path") ? this.#path(value) : value;
    const problem = places.map((place) => valueProblem(filled, place, analysis)).find((one) => one !== null) ?? null;
    if (problem === null) this.#typed.set(name, value);
    return problem;
  }

  /**
   * Makes sure that every value of the command line is for something.
   * @throws CliError `usage`
   */
  requireUsed(analyses: readonly BlockAnalysis[]): void {
    const names = [...new Set(analyses.flatMap(({ placeholders }) => placeholders.map(({ name }) => name)))];
    const known = new Set(names.flatMap((name) => [name, bareName(name)]));
    const unknown = [...this.#given.keys()].find((name) => !known.has(name));
    if (unknown === undefined) return;
    const there = names.length > 0 ? `has ${names.join(", ")}` : "has none";
    throw usageError(`--set ${unknown}: there is no such placeholder. What would run ${there}.`);
  }

  #path(value: string): string {
    return resolve(this.#places.directory, value.replace(/^~(?=$|\/)/, this.#places.home));
  }
}

/** The name without what marks it as a placeholder: `pod-name` for `<pod-name>`, `NAME` for `${NAME}`. */
export function bareName(name: string): string {
  return (
    /^(?:<(.*)>|\$?\{\{ *(.*?) *\}\}|\$\{(.*)\}|\$(.*))$/s
      .exec(name)
      ?.slice(1)
      .find((one) => one !== undefined) ?? name
  );
}

/** Why a block cannot run where nobody can be asked for its values. */
export function missingValues(names: readonly string[]): CliError {
  const options = names.map((name) => `--set ${quoteWord(bareName(name))}=VALUE`).join(" ");
  const what = names.length === 1 ? "has no value" : "have no values";
  return new CliError("values", `Not run: ${names.join(", ")} ${what}. Say ${options}`);
}
