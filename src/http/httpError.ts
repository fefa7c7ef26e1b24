/** Why no answer of a server was had. */
export type HttpErrorReason = "unreachable" | "certificate" | "timeout" | "too-large";

/** An exchange over HTTP that did not come to its end; the message says what was wrong, and with which server. */
export class HttpError extends Error {
  override readonly name = "HttpError";
  readonly reason: HttpErrorReason;

  constructor(reason: HttpErrorReason, message: string, options?: ErrorOptions) {
    super(message, options);
    this.reason = reason;
  }
}
