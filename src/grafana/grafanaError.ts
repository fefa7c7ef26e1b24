/** Why Grafana does not tell its dashboards. */
export type GrafanaErrorReason = "unreachable" | "unauthorized" | "not-grafana" | "server";

/** A search for dashboards without an answer; the message says why. */
export class GrafanaError extends Error {
  override readonly name = "GrafanaError";
  readonly reason: GrafanaErrorReason;

  constructor(reason: GrafanaErrorReason, message: string, options?: ErrorOptions) {
    super(message, options);
    this.reason = reason;
  }
}
