import { createHash } from "node:crypto";
import { once } from "node:events";
import { connect, createServer, type Server } from "node:net";

/**
 * Runs `work` while holding the lock named by `path`, alone on this machine. The lock is a Linux abstract socket, so
 * the kernel frees it with its holder, however that ends; whoever waits is woken by the closing connection.
 * `onWait` is told once when another process holds it.
 */
export async function withLock<T>(path: string, onWait: () => void, work: () => Promise<T>): Promise<T> {
  const address = `\0podbook-${createHash("sha256").update(path).digest("hex")}`;
  let told = false;
  let server = await tryListen(address);
  while (server === undefined) {
    if (!told) onWait();
    told = true;
    await holderEnds(address);
    server = await tryListen(address);
  }
  const held = server;
  const waiting = new Set<{ destroy(): void }>();
  held.on("connection", (socket) => {
    waiting.add(socket);
    socket.on("error", () => waiting.delete(socket));
    socket.on("close", () => waiting.delete(socket));
  });
  try {
    return await work();
  } finally {
    held.close();
    for (const socket of waiting) socket.destroy();
  }
}

async function tryListen(address: string): Promise<Server | undefined> {
  const server = createServer();
  server.listen(address);
  try {
    await once(server, "listening");
    return server;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EADDRINUSE") return undefined;
    throw error;
  }
}

/** Resolves when the holder is gone; a refused connection means it went between the two calls. */
function holderEnds(address: string): Promise<void> {
  return new Promise((resolve) => {
    const socket = connect(address);
    socket.on("error", () => resolve());
    socket.on("close", () => resolve());
    socket.resume();
  });
}
