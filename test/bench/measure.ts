/** One measured claim: a figure with its spread, and the bound it is held to. */
export interface Claim {
  readonly name: string;
  /** What is measured against what, or the unit. */
  readonly unit: string;
  readonly value: number;
  readonly least: number;
  readonly most: number;
  /** The most that the claim allows for the value. */
  readonly bound: number;
}

/** The middle of the samples, with the least and the most of them. */
export function middle(samples: readonly number[]): Pick<Claim, "value" | "least" | "most"> {
  const sorted = [...samples].sort((one, other) => one - other);
  const value = sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
  return { value, least: sorted[0] ?? Number.NaN, most: sorted.at(-1) ?? Number.NaN };
}

/** A line for a claim: its figure, spread and bound, and whether it holds. */
export function claimLine({ name, unit, value, least, most, bound }: Claim): string {
  const [figure, from, to] = [value, least, most].map((number) => number.toPrecision(3));
  return `${value <= bound ? "holds " : "BROKEN"}  ${name}: ${figure} ${unit} (${from} to ${to}; bound ${bound})`;
}
