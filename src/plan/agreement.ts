import type { Plan, Target } from "./plan.ts";

/** What a person has agreed to before it runs: this very text, on this target. */
export interface Agreement {
  readonly script: string;
  readonly target: Target | null;
}

/** Whether a plan is one of those that the person has agreed to; another text or target is not. */
export function isAgreed(plan: Plan, agreements: readonly Agreement[]): boolean {
  return agreements.some(
    ({ script, target }) =>
      script === plan.script &&
      target?.context === plan.target?.context &&
      target?.namespace === plan.target?.namespace,
  );
}
