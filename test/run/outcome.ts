/** A check that did not hold, with all a person needs to see why. */
export interface Failure {
  readonly name: string;
  readonly details: string;
}

/** What a stage of the test run came to. */
export interface Outcome {
  readonly passed: number;
  readonly skipped: number;
  readonly failures: readonly Failure[];
}

/** The sum of several outcomes. */
export function sum(outcomes: readonly Outcome[]): Outcome {
  return {
    passed: outcomes.reduce((total, one) => total + one.passed, 0),
    skipped: outcomes.reduce((total, one) => total + one.skipped, 0),
    failures: outcomes.flatMap((one) => one.failures),
  };
}

/** The one line that says it all: `12 passed, 0 failed`, and how many were skipped if any. */
export function summary({ passed, failures, skipped }: Outcome): string {
  return `${passed} passed, ${failures.length} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`;
}

/** The outcome of a single check. */
export function single(name: string, problem: string | undefined): Outcome {
  if (problem === undefined) return { passed: 1, skipped: 0, failures: [] };
  return { passed: 0, skipped: 0, failures: [{ name, details: problem }] };
}
