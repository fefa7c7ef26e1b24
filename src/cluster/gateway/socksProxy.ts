import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { GatewayError } from "./gatewayError.ts";

const version = 5;
const noPassword = 0;
const password = 2;
const connectCommand = 1;
const domainName = 3;
/** The length of the address in an answer, by its kind; a domain says its own. */
const addressBytes: Readonly<Record<number, number>> = { 1: 4, 4: 16 };
/** How long the proxy may take, in ms. */
const patienceMs = 30_000;

/** Whether a proxy speaks SOCKS 5. */
export function isSocks(proxy: URL): boolean {
  return ["socks:", "socks5:", "socks5h:"].includes(proxy.protocol);
}

/**
 * A connection through a SOCKS 5 proxy (RFC 1928, 1929), which looks the host up; the caller destroys it.
 * @throws GatewayError `not-reachable`, or what the connection to the proxy raised
 */
export async function openThroughSocks(proxy: URL, host: string, port: number): Promise<Socket> {
  const place = { host: proxy.hostname.replace(/^\[|\]$/g, ""), port: Number(proxy.port || 1080) };
  const socket = connect({ ...place, allowHalfOpen: true });
  socket.setTimeout(patienceMs, () => socket.destroy(new GatewayError("not-reachable", `${proxy.host} is silent.`)));
  try {
    await once(socket, "connect");
    await greet(socket, proxy);
    const name = Buffer.from(host);
    const request = [version, connectCommand, 0, domainName, name.length, ...name, port >> 8, port & 255];
    socket.write(Buffer.from(request));
    const [, status = 1, , kind = 0] = await read(socket, 4);
    if (status !== 0) throw failed(proxy, `answers ${status} for ${host}:${port}`);
    const length = addressBytes[kind] ?? (await read(socket, 1))[0] ?? 0;
    await read(socket, length + 2);
    socket.setTimeout(0);
    return socket;
  } catch (error) {
    socket.destroy();
    throw error;
  }
}

async function greet(socket: Socket, proxy: URL): Promise<void> {
  const named = proxy.username !== "";
  socket.write(Buffer.from(named ? [version, 2, noPassword, password] : [version, 1, noPassword]));
  const [, method] = await read(socket, 2);
  if (method === noPassword) return;
  if (method !== password || !named) throw failed(proxy, "wants another way to log in");
  const words = [proxy.username, proxy.password].map((text) => Buffer.from(decodeURIComponent(text)));
  socket.write(Buffer.concat([Buffer.of(1), ...words.flatMap((word) => [Buffer.of(word.length), word])]));
  const [, status] = await read(socket, 2);
  if (status !== 0) throw failed(proxy, "does not accept the password");
}

/** The next bytes, as many as asked for. */
async function read(socket: Socket, count: number): Promise<Buffer> {
  for (;;) {
    const bytes = count === 0 ? Buffer.alloc(0) : (socket.read(count) as Buffer | null);
    if (bytes?.length === count) return bytes;
    const done = new AbortController();
    const events = ["readable", "end"].map((event) => once(socket, event, done).then(() => event));
    const event = await Promise.race(events).finally(() => done.abort());
    if (event === "end") throw new GatewayError("not-reachable", "The proxy ended the connection.");
  }
}

function failed(proxy: URL, what: string): GatewayError {
  return new GatewayError("not-reachable", `The proxy ${proxy.host} ${what}.`);
}
