/** Why a request to a service cannot be served; told to the client with a status of HTTP. */
export type GatewayErrorReason = "no-service" | "no-port" | "no-ready-pod" | "not-reachable" | "refused";

const statuses: Readonly<Record<GatewayErrorReason, number>> = {
  "no-service": 502,
  "no-port": 502,
  "no-ready-pod": 503,
  "not-reachable": 502,
  refused: 403,
};

/** A service that cannot be reached; the message says why, for the person who reads the output of the run. */
export class GatewayError extends Error {
  override readonly name = "GatewayError";
  readonly reason: GatewayErrorReason;

  constructor(reason: GatewayErrorReason, message: string, options?: ErrorOptions) {
    super(message, options);
    this.reason = reason;
  }

  /** The status of HTTP that tells a client the same. */
  get status(): number {
    return statuses[this.reason];
  }
}
