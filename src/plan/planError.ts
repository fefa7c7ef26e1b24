/** Why a plan cannot be made. The message tells a person what to do next. */
export class PlanError extends Error {
  override readonly name = "PlanError";
  readonly reason:
    | "placeholder"
    | "empty"
    | "not-shell"
    | "bad-value"
    | "missing-script"
    | "bad-timeout"
    | "not-configured";

  constructor(reason: PlanError["reason"], message: string) {
    super(message);
    this.reason = reason;
  }
}
