import { type ServerResponse, STATUS_CODES } from "node:http";
import { Socket } from "node:net";
import type { Duplex } from "node:stream";
import { resetConnection } from "./resetConnection.ts";

/** Answers with a line of text that says who speaks. */
export function answerText(response: ServerResponse, status: number, words: string): void {
  response.writeHead(status, { "content-type": "text/plain; charset=utf-8", connection: "close" });
  response.end(`Podbook: ${words}\n`);
}

/** Answers a CONNECT with a refusal, and ends it. */
export function refuseTunnel(socket: Duplex, status: number, words: string): void {
  const body = `Podbook: ${words}\n`;
  const lines = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    ...(status === 407 ? ['Proxy-Authenticate: Basic realm="podbook"'] : []),
    "Content-Type: text/plain; charset=utf-8",
    `Content-Length: ${Buffer.byteLength(body)}`,
    "Connection: close",
  ];
  socket.end(`${lines.join("\r\n")}\r\n\r\n${body}`);
}

/** Breaks a connection so that the client sees it break, not end. */
export function reset(socket: Duplex): void {
  if (socket instanceof Socket) resetConnection(socket);
  else socket.destroy();
}

const hopByHop = new Set([
  "connection",
  "keep-alive",
  "proxy-authenticate",
  "proxy-authorization",
  "proxy-connection",
  "te",
  "trailer",
  "upgrade",
]);

/** What says where a message ends and whom it is for: no `Connection` of a client takes that away. */
const kept = new Set(["content-length", "transfer-encoding", "host"]);

/** Headers as they came, in order and spelling, without those meant for one hop only (RFC 9110, 7.6.1). */
export function endToEnd(raw: readonly string[], alsoDropped: readonly string[] = []): string[] {
  const named = pairs(raw)
    .filter(([name]) => name.toLowerCase() === "connection")
    .flatMap(([, value]) => value.toLowerCase().split(/[\s,]+/))
    .filter((name) => !kept.has(name));
  const dropped = new Set([...hopByHop, ...named, ...alsoDropped]);
  return pairs(raw)
    .filter(([name]) => !dropped.has(name.toLowerCase()))
    .flat();
}

function pairs(raw: readonly string[]): [string, string][] {
  return raw.flatMap((name, index) =>
    index % 2 === 0 ? [[name, raw[index + 1] ?? ""] satisfies [string, string]] : [],
  );
}
