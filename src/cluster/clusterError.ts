/** Why the cluster could not be asked. Each is told to the person in another way and waited out in another way. */
export type ClusterErrorReason =
  | "no-kubeconfig"
  | "bad-kubeconfig"
  | "no-context"
  | "credentials"
  | "unreachable"
  | "asleep"
  | "unauthorized"
  | "forbidden"
  | "not-found"
  | "expired"
  | "server";

/** A failure on the way to the cluster's answer; the message says what is wrong, `advice` what to do next. */
export class ClusterError extends Error {
  override readonly name = "ClusterError";
  readonly reason: ClusterErrorReason;
  readonly advice: string;

  constructor(reason: ClusterErrorReason, message: string, advice: string, options?: ErrorOptions) {
    super(message, options);
    this.reason = reason;
    this.advice = advice;
  }
}
