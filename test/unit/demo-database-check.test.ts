import { deepEqual, equal } from "node:assert/strict";
import { once } from "node:events";
import { type AddressInfo, createServer, type Socket } from "node:net";
import { test } from "node:test";
import { checkDatabase, readAnswer, startupMessage } from "../../demo/services/database.ts";

async function checkAgainst(serve: (socket: Socket) => void, timeoutMs = 1000) {
  const sockets: Socket[] = [];
  const server = createServer((socket) => {
    sockets.push(socket);
    socket.on("error", () => {});
    serve(socket);
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  try {
    const { port } = server.address() as AddressInfo;
    return await checkDatabase({ host: "127.0.0.1", port }, timeoutMs);
  } finally {
    for (const socket of sockets) socket.destroy();
    server.close();
  }
}

test("the startup message carries its own length, the protocol and the parameters", () => {
  const message = startupMessage({ user: "postgres" });
  equal(message.readInt32BE(0), message.length);
  equal(message.readInt32BE(4), 196_608);
  equal(message.toString("latin1", 8), "user\0postgres\0\0");
});

test("an authentication request, even in pieces, means up", async () => {
  const state = await checkAgainst((socket) => {
    socket.write(Buffer.from([0x52, 0, 0]));
    setImmediate(() => socket.write(Buffer.from([0, 8, 0, 0, 0, 0])));
  });
  deepEqual(state, { up: true });
});

test("an error answer gives the server's own words", () => {
  const body = Buffer.from("SFATAL\0C57P03\0Mthe database system is starting up\0\0");
  const head = Buffer.alloc(5);
  head.write("E");
  head.writeInt32BE(body.length + 4, 1);
  deepEqual(readAnswer(Buffer.concat([head, body])), { up: false, reason: "the database system is starting up" });
});

test("a silent, a closing, a foreign and an absent server are down, each with its reason", async () => {
  deepEqual(await checkAgainst(() => {}, 100), { up: false, reason: "no answer within 100 ms" });
  const closed = "the connection was closed before an answer";
  deepEqual(await checkAgainst((socket) => socket.end()), { up: false, reason: closed });
  const http = await checkAgainst((socket) => socket.end("HTTP/1.1 400 Bad Request\r\n\r\n"));
  equal(http.up, false);
  const server = createServer();
  await once(server.listen(0, "127.0.0.1"), "listening");
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  deepEqual(await checkDatabase({ host: "127.0.0.1", port }, 1000), { up: false, reason: "connection refused" });
});
