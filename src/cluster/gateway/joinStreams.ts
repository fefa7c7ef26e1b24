import type { Duplex } from "node:stream";
import { reset } from "./gatewayAnswers.ts";

/** Passes on what either side sends until one of them ends; what breaks on the far side breaks the client's connection. */
export function joinStreams(client: Duplex, far: Duplex): void {
  const end = () => {
    client.destroy();
    far.destroy();
  };
  far.once("error", () => reset(client));
  client.once("error", end);
  for (const side of [client, far]) side.once("close", end);
  if (client.destroyed) end();
  else client.pipe(far).pipe(client);
}
