import assert from "node:assert/strict";
import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { it } from "node:test";
import { resetConnection } from "../../../src/cluster/gateway/resetConnection.ts";

/** What the client of a server sees whose sockets are treated like this, and whether the server's own socket closes. */
async function seenBy(treat: (socket: Socket) => void): Promise<{ code: string | undefined; closed: boolean }> {
  const closed = Promise.withResolvers<boolean>();
  const server = createServer((socket) => {
    socket.once("close", () => closed.resolve(true));
    treat(socket);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const client = connect((server.address() as AddressInfo).port, "127.0.0.1");
  const failed = new Promise<string | undefined>((resolve) => {
    client.once("error", (error: NodeJS.ErrnoException) => resolve(error.code));
    client.once("close", () => resolve(undefined));
  });
  client.resume();
  const [code, isClosed] = await Promise.all([failed, Promise.race([closed.promise, after(2000, false)])]);
  server.close();
  return { code, closed: isClosed };
}

function after<T>(ms: number, value: T): Promise<T> {
  return new Promise((resolve) => setTimeout(resolve, ms, value).unref());
}

it("breaks a connection off so that the other side sees a reset", async () => {
  assert.deepEqual(await seenBy(resetConnection), { code: "ECONNRESET", closed: true });
});

it("closes a connection whose end is just being sent: a reset is refused then, and the socket would stay for ever", async () => {
  const { closed } = await seenBy((socket) => {
    socket.end();
    process.nextTick(() => resetConnection(socket));
  });
  assert.equal(closed, true);
});
