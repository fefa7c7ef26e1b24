/** Why something of the test bed could not be done. */
export type BedErrorReason =
  | "go-missing"
  | "build-failed"
  | "not-linux"
  | "no-free-port"
  | "cluster-start"
  | "command-failed"
  | "not-up"
  | "timeout"
  | "demo-missing"
  | "agent-failed"
  | "unknown-workload"
  | "usage";

/** A failure of the test bed; the message says what to do next. */
export class BedError extends Error {
  readonly reason: BedErrorReason;

  constructor(reason: BedErrorReason, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "BedError";
    this.reason = reason;
  }
}
