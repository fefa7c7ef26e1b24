/** Why a query has no answer. Each is told to the person with another way out. */
export type PrometheusErrorReason =
  | "untrusted"
  | "no-target"
  | "no-prometheus"
  | "ambiguous"
  | "bad-url"
  | "unreachable"
  | "certificate"
  | "redirected"
  | "unauthorized"
  | "forbidden"
  | "bad-query"
  | "timeout"
  | "too-large"
  | "not-prometheus"
  | "server";

/** A failure on the way to the values of a query; the message says what is wrong, `advice` what to do next. */
export class PrometheusError extends Error {
  override readonly name = "PrometheusError";
  readonly reason: PrometheusErrorReason;
  readonly advice: string;

  constructor(reason: PrometheusErrorReason, message: string, advice: string, options?: ErrorOptions) {
    super(message, options);
    this.reason = reason;
    this.advice = advice;
  }
}
