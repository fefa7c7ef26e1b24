import type { ClientRequest, IncomingMessage, ServerResponse } from "node:http";
import { endToEnd, reset } from "./gatewayAnswers.ts";

/**
 * Passes a request on and its answer back. Settles when the answer is on its way or the client is gone.
 * @throws what the far side raised before it answered
 */
export async function exchange(far: ClientRequest, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const gone = () => far.destroy();
  response.once("close", gone);
  const answer = await new Promise<IncomingMessage | null>((resolve, reject) => {
    far.once("response", resolve);
    far.once("error", (error) => (response.destroyed ? resolve(null) : reject(error)));
    // Not before there is a connection: until then the body is whole, and another pod can be tried.
    far.once("socket", () => request.pipe(far));
  });
  if (!answer) return;
  far.on("error", () => reset(request.socket));
  answer.on("error", () => reset(request.socket));
  response.sendDate = false;
  response.writeHead(
    answer.statusCode ?? 502,
    answer.statusMessage ?? "",
    endToEnd(answer.rawHeaders, ["transfer-encoding"]),
  );
  answer.pipe(response);
}
