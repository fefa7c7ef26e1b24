import type { EffectRow, Word } from "../analysis.ts";
import { type OptionStyle, type Options, optionValue, readOptions } from "../options.ts";
import { hole } from "../words.ts";
import { cloudEffects } from "./cloudEffects.ts";
import { clusterEffects } from "./clusterEffects.ts";
import { containerEffects } from "./containerEffects.ts";
import { databaseEffects } from "./databaseEffects.ts";
import { developmentEffects } from "./developmentEffects.ts";
import { fileEffects } from "./fileEffects.ts";
import { networkEffects } from "./networkEffects.ts";
import { optionStyles } from "./optionStyles.ts";
import { readerEffects } from "./readerEffects.ts";
import { shellEffects } from "./shellEffects.ts";
import { systemEffects } from "./systemEffects.ts";
import { rank, type Verdict } from "./verdict.ts";

/** Rows by the program they are about. */
export type EffectTable = ReadonlyMap<string, readonly EffectRow[]>;

/** The rows that come with Podbook. */
export const builtInTable: EffectTable = effectTable([
  ...readerEffects,
  ...shellEffects,
  ...fileEffects,
  ...systemEffects,
  ...networkEffects,
  ...databaseEffects,
  ...containerEffects,
  ...clusterEffects,
  ...cloudEffects,
  ...developmentEffects,
]);

/** Puts rows in order of their programs. */
export function effectTable(rows: readonly EffectRow[]): EffectTable {
  const table = new Map<string, EffectRow[]>();
  for (const row of rows) {
    for (const program of row.program.split("|")) {
      const known = table.get(program);
      if (known) known.push(row);
      else table.set(program, [row]);
    }
  }
  return table;
}

/** What a table says of a call; null where it says nothing. */
export function lookUp(table: EffectTable, program: string, args: readonly Word[]): Verdict | null {
  const rows = table.get(program);
  if (!rows) return null;
  const given = readOptions(args, styleFor(program, rows));
  let best: EffectRow | null = null;
  for (const row of rows) {
    if (matches(row, given) && (!best || isBetter(row, best))) best = row;
  }
  return best && { effect: best.effect, reason: reasonOf(best, program, given) };
}

/** A row that compares an option's value says by this that the option has one. */
function styleFor(program: string, rows: readonly EffectRow[]): OptionStyle {
  const style = Object.hasOwn(optionStyles, program) ? (optionStyles[program] ?? {}) : {};
  const valued = rows.flatMap(({ args = [] }) => args.flatMap((pattern) => /^(-[^=|]+)=/.exec(pattern)?.[1] ?? []));
  if (valued.length === 0) return style;
  const letters = valued.filter((name) => name.length === 2).map((name) => name.charAt(1));
  return {
    ...style,
    short: (style.short ?? "") + letters.join(""),
    long: new Set([...(style.long ?? []), ...valued.filter((name) => name.length > 2 && !optionalValues.has(name))]),
  };
}

/** Options whose value is never the next word. */
const optionalValues = new Set(["--dry-run"]);

function isBetter(row: EffectRow, best: EffectRow): boolean {
  const precision = precisionOf(row);
  const bestPrecision = precisionOf(best);
  return precision > bestPrecision || (precision === bestPrecision && rank(row.effect) > rank(best.effect));
}

/** How closely a row describes what it matches: a word more than `list-*`, that more than `*`, `-X=PUT` more than `-X`. */
function precisionOf(row: EffectRow): number {
  let precision = 0;
  for (const pattern of row.args ?? []) {
    if (pattern === "*") precision += 1;
    else if (pattern.startsWith("-")) precision += pattern.includes("=") ? (pattern.endsWith("=*") ? 10.5 : 11) : 10;
    else precision += pattern.includes("*") ? 9 : 10;
  }
  return precision;
}

function matches(row: EffectRow, given: Options): boolean {
  let operand = 0;
  return (row.args ?? []).every((pattern) => {
    if (pattern.startsWith("-")) return pattern.split(/\|(?=-)/).some((option) => hasMatch(option, given));
    const word = given.operands[operand++];
    return word !== undefined && (pattern === "*" || matchesText(pattern, word.shape));
  });
}

function hasMatch(pattern: string, given: Options): boolean {
  const equals = pattern.indexOf("=");
  if (equals < 0) return given.options.some(({ name }) => matchesText(pattern, name));
  const value = optionValue(given.options, pattern.slice(0, equals));
  const wanted = pattern.slice(equals + 1);
  return value !== null && (wanted === "*" || matchesText(wanted, value));
}

function matchesText(pattern: string, text: string): boolean {
  if (text.includes(hole)) return false;
  return pattern.split("|").some((alternative) => {
    if (!alternative.includes("*")) return alternative === text;
    const parts = alternative.split("*").map((part) => part.replace(/[.+?^${}()|[\]\\]/g, "\\$&"));
    return new RegExp(`^${parts.join("[\\s\\S]*")}$`).test(text);
  });
}

function reasonOf(row: EffectRow, program: string, given: Options): string {
  if (row.effect === "read" && !row.reason) return "reads";
  const template =
    row.reason ?? (row.effect === "destroy" ? "{0} {1} destroys something" : "{0} {1} changes something");
  return template
    .replace(/\{(\d)\}(s\b)?/g, (_all, digit: string, ending: string | undefined) => {
      const word = digit === "0" ? program : (given.operands[Number(digit) - 1]?.text ?? "");
      return ending ? withEnding(word) : word;
    })
    .replace(/\s+/g, " ")
    .trim();
}

/** A verb or a noun with an `s`: pushes, applies, deploys, starts. */
function withEnding(word: string): string {
  if (word === "up") return "brings up";
  if (/(s|x|z|ch|sh)$/.test(word)) return `${word}es`;
  return /[^aeiou]y$/.test(word) ? `${word.slice(0, -1)}ies` : `${word}s`;
}
