import { connect } from "node:net";
import type { Address } from "./addresses.ts";

/** Whether PostgreSQL takes connections, and if not, why. */
export type DatabaseState = { readonly up: true } | { readonly up: false; readonly reason: string };

/**
 * Asks PostgreSQL for a session as a client would and says goodbye: up means that it would have served a query.
 * Never raises; an unreachable, starting or silent database is a state with its reason.
 */
export function checkDatabase(address: Address, timeoutMs: number): Promise<DatabaseState> {
  return new Promise((resolve) => {
    const socket = connect(address);
    let answer = Buffer.alloc(0);
    const settle = (state: DatabaseState) => {
      clearTimeout(timer);
      socket.destroy();
      resolve(state);
    };
    const timer = setTimeout(() => settle({ up: false, reason: `no answer within ${timeoutMs} ms` }), timeoutMs);
    socket.on("connect", () => socket.write(startupMessage({ user: "postgres", database: "postgres" })));
    socket.on("data", (chunk) => {
      answer = Buffer.concat([answer, chunk]);
      const state = readAnswer(answer);
      if (!state) return;
      if (state.up) socket.write(Buffer.from([0x58, 0, 0, 0, 4]), () => settle(state));
      else settle(state);
    });
    socket.on("error", (error: NodeJS.ErrnoException) => {
      settle({ up: false, reason: error.code === "ECONNREFUSED" ? "connection refused" : error.message });
    });
    socket.on("close", () => settle({ up: false, reason: "the connection was closed before an answer" }));
  });
}

/** The first message of PostgreSQL's protocol 3.0: length, version, then name and value pairs ended by zeros. */
export function startupMessage(parameters: Readonly<Record<string, string>>): Buffer {
  const pairs = Object.entries(parameters).flat();
  const body = Buffer.from(`${pairs.map((text) => `${text}\0`).join("")}\0`);
  const head = Buffer.alloc(8);
  head.writeInt32BE(head.length + body.length, 0);
  head.writeInt32BE(3 << 16, 4);
  return Buffer.concat([head, body]);
}

/** Reads the server's first message: an authentication request means up, an error message says why not. */
export function readAnswer(answer: Buffer): DatabaseState | undefined {
  if (answer.length < 5 || answer.length < 1 + answer.readInt32BE(1)) return undefined;
  const kind = String.fromCharCode(answer.readUInt8(0));
  if (kind === "R") return { up: true };
  if (kind !== "E") return { up: false, reason: `not PostgreSQL: it answered with ${JSON.stringify(kind)}` };
  const fields = answer.toString("utf8", 5, 1 + answer.readInt32BE(1)).split("\0");
  return { up: false, reason: fields.find((field) => field.startsWith("M"))?.slice(1) ?? "refused" };
}
