import type { Call } from "./analysis.ts";
import type { EffectTable } from "./effects/effectTable.ts";
import type { Verdict } from "./effects/verdict.ts";
import type { Parse } from "./parser.ts";
import type { Syntax } from "./syntax.ts";
import type { Names } from "./variables.ts";

/** What is found in a part of a script. */
export interface Findings {
  readonly calls: Call[];
  /** Of the calls, and of all else that has an effect, as a redirection into a file. */
  readonly verdicts: Verdict[];
  /** Ranges of the script that another shell reads again. */
  readonly reread: { readonly start: number; readonly end: number }[];
}

/** A script, and where it runs. */
export interface Scope {
  /** What was parsed: placeholders are holes in it. */
  readonly source: string;
  /** The same with the placeholders as they are written. */
  readonly text: string;
  readonly names: Names;
  /** The functions that a call can reach, with the script in which each of them stands. */
  readonly functions: Functions;
  /** The rows that go before the built-in table. */
  readonly table: EffectTable;
  readonly parse: Parse;
  /** Where it runs, as a person says it; null for here. */
  readonly elsewhere: string | null;
  /** The range of the outermost script in which this one stands; null for the outermost itself. */
  readonly holder: { readonly start: number; readonly end: number } | null;
  /** Functions that are being called, and how many scripts stand within each other. */
  readonly running: readonly string[];
  readonly depth: number;
  /** How many calls may still be judged: functions that call each other many times are not followed to the end. */
  readonly budget: { left: number };
}

/** Functions by their names. */
export type Functions = ReadonlyMap<string, readonly { readonly node: Syntax; readonly script: Script }[]>;

/** A script by itself, wherever it runs. */
export type Script = Pick<Scope, "source" | "text" | "names" | "holder">;

/** The functions of a script, besides those which it can reach anyway. */
export function functionsOf(script: Script, others: Functions = new Map()): Functions {
  const own = [...script.names.functions].map(
    ([name, nodes]) => [name, nodes.map((node) => ({ node, script }))] as const,
  );
  return new Map([...others, ...own]);
}

/** Nothing found yet. */
export function noFindings(): Findings {
  return { calls: [], verdicts: [], reread: [] };
}
