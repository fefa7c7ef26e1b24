import type { Effect } from "../analysis.ts";

/** What a call does, and how a person is told. */
export interface Verdict {
  readonly effect: Effect;
  readonly reason: string;
}

/** What a program is given on standard input. */
export type Input =
  /** Nothing: standard input is closed. */
  | { readonly kind: "none" }
  /** A text that stands in the script; holes stand for its expansions. */
  | { readonly kind: "text"; readonly shape: string; readonly start: number; readonly end: number }
  /** What another program prints, or a file. */
  | { readonly kind: "unseen" };

const ranks: Readonly<Record<Effect, number>> = { read: 0, change: 1, destroy: 2 };

/** The worse of two effects. */
export function worse(one: Effect, other: Effect): Effect {
  return ranks[one] >= ranks[other] ? one : other;
}

/** The worst of verdicts, the first of equals; null for none. */
export function worst(verdicts: readonly Verdict[]): Verdict | null {
  return verdicts.reduce<Verdict | null>(
    (found, next) => (found && ranks[found.effect] >= ranks[next.effect] ? found : next),
    null,
  );
}

/** How bad an effect is: the higher the worse. */
export function rank(effect: Effect): number {
  return ranks[effect];
}

/** A verdict that nothing is changed. */
export const reads: Verdict = { effect: "read", reason: "reads" };

/** The verdict where the table knows nothing. */
export function cannotTell(what: string): Verdict {
  return { effect: "change", reason: `cannot tell what ${what} does` };
}
