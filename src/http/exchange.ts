import { request as httpRequest, type IncomingMessage } from "node:http";
import { request as httpsRequest } from "node:https";
import { HttpError } from "./httpError.ts";

/** A request, and how much is waited for and read of its answer. */
export interface HttpRequest {
  readonly url: URL;
  readonly method: "GET" | "POST";
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** The whole exchange may take so long, in ms. */
  readonly timeoutMs: number;
  /** The answer may be so long, in bytes. */
  readonly mostBytes: number;
}

/** An answer, whatever its status. */
export interface HttpAnswer {
  readonly status: number;
  /** Where a redirect leads; it is not followed, as the credentials are for this server alone. */
  readonly location: string | null;
  readonly body: string;
}

/**
 * Sends a request and reads the whole answer.
 * @throws HttpError
 * @throws what `signal` was aborted with
 */
export async function exchange(request: HttpRequest, signal: AbortSignal): Promise<HttpAnswer> {
  const limit = AbortSignal.timeout(request.timeoutMs);
  try {
    const response = await send(request, AbortSignal.any([signal, limit]));
    return {
      status: response.statusCode ?? 0,
      location: response.headers.location ?? null,
      body: await bounded(response, request),
    };
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof HttpError) throw error;
    if (limit.aborted) throw timeoutError(request);
    throw connectionError(error, request.url);
  }
}

function send(exchanged: HttpRequest, signal: AbortSignal): Promise<IncomingMessage> {
  const { url, method, headers, body } = exchanged;
  return new Promise((resolve, reject) => {
    const length = body === undefined ? {} : { "content-length": String(Buffer.byteLength(body)) };
    const options = { method, headers: { ...headers, ...length }, signal };
    const request = (url.protocol === "https:" ? httpsRequest : httpRequest)(url, options);
    request.on("error", (error: NodeJS.ErrnoException) => {
      // The server had closed the connection that an earlier exchange has left: it has not seen this one.
      if (request.reusedSocket && error.code === "ECONNRESET") resolve(send(exchanged, signal));
      else reject(error);
    });
    request.once("response", resolve);
    request.end(body);
  });
}

async function bounded(response: IncomingMessage, { url, mostBytes }: HttpRequest): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    size += chunk.length;
    // Leaving the loop destroys the answer and its connection.
    if (size > mostBytes) throw tooLarge(url, mostBytes);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

function tooLarge({ origin }: URL, mostBytes: number): HttpError {
  return new HttpError("too-large", `The answer of ${origin} is longer than ${Math.round(mostBytes / 1e6)} MB.`);
}

function timeoutError({ url: { origin }, timeoutMs }: HttpRequest): HttpError {
  return new HttpError("timeout", `${origin} has not answered within ${timeoutMs / 1000} s.`);
}

function connectionError(error: unknown, { origin }: URL): HttpError {
  const code = codeOf(error);
  if (/^ERR_TLS|^ERR_SSL|CERT|SELF_SIGNED|SIGNATURE|^EPROTO$/.test(code)) {
    return new HttpError("certificate", `The certificate of ${origin} is not accepted (${code}).`, { cause: error });
  }
  return new HttpError("unreachable", `Cannot reach ${origin} (${code || String(error)}).`, { cause: error });
}

function codeOf(error: unknown): string {
  const code = (error as { code?: unknown } | null)?.code;
  if (typeof code === "string") return code;
  const first = error instanceof AggregateError ? error.errors[0] : undefined;
  return first === undefined ? "" : codeOf(first);
}
