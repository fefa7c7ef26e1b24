import { once } from "node:events";
import { createServer } from "node:net";
import { BedError } from "./errors.ts";

// Below the range the kernel hands out to outgoing connections, so that none of those takes a chosen port meanwhile.
const lowest = 20_000;
const highest = 32_000;

/**
 * Distinct TCP ports nobody listens on now, starting from a random one so that two beds starting at once rarely meet.
 * Raises BedError `no-free-port`.
 */
export async function freePorts(count: number, random: () => number = Math.random): Promise<number[]> {
  const span = highest - lowest;
  const first = Math.floor(random() * span);
  const found: number[] = [];
  for (let step = 0; step < span && found.length < count; step++) {
    const port = lowest + ((first + step) % span);
    if (await isFree(port)) found.push(port);
  }
  if (found.length < count) {
    throw new BedError(
      "no-free-port",
      `Fewer than ${count} free ports from ${lowest} to ${highest}: end other servers.`,
    );
  }
  return found;
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer();
  // A listener on all addresses makes this fail as well.
  server.listen({ port, host: "127.0.0.1", exclusive: true });
  try {
    await once(server, "listening");
  } catch {
    // Whatever the cause (taken, reserved, forbidden): this port will not do.
    return false;
  }
  server.close();
  await once(server, "close");
  return true;
}
