import { readFileSync } from "node:fs";
import { Agent, request } from "node:https";
import { join } from "node:path";
import { BedError } from "./errors.ts";
import type { BedPaths } from "./state.ts";

/** The API server over kept-alive connections, for what kubectl would take minutes for. */
export interface BedApi {
  /** Sends one request and gives the parsed answer; statuses in `accept` are no error. Raises BedError `command-failed`. */
  send(method: string, path: string, body?: object, accept?: readonly number[]): Promise<unknown>;
  close(): void;
}

/** Opens the API of a bed, as its administrator, with at most `connections` requests at once. */
export function openApi(paths: BedPaths, connections: number): BedApi {
  const server = /^\s*server:\s*(\S+)/m.exec(readFileSync(paths.kubeconfig, "utf8"))?.[1];
  const pki = (file: string): Buffer => readFileSync(join(paths.clusterDir, "pki", file));
  const agent = new Agent({
    keepAlive: true,
    maxSockets: connections,
    ca: pki("ca.crt"),
    cert: pki("admin.crt"),
    key: pki("admin.key"),
  });
  return {
    send: (method, path, body, accept = []) =>
      new Promise((resolve, reject) => {
        const headers = body === undefined ? {} : { "content-type": "application/json" };
        const call = request(new URL(path, server), { method, agent, headers }, (response) => {
          const chunks: Buffer[] = [];
          response.on("error", reject);
          response.on("data", (chunk: Buffer) => chunks.push(chunk));
          response.on("end", () => {
            const text = Buffer.concat(chunks).toString();
            const status = response.statusCode ?? 0;
            if (status < 300 || accept.includes(status)) resolve(JSON.parse(text));
            else reject(new BedError("command-failed", `${method} ${path} was answered with ${status}: ${text}`));
          });
        });
        call.on("error", (cause) =>
          reject(new BedError("command-failed", `${method} ${path} failed: ${cause.message}`, { cause })),
        );
        call.end(body === undefined ? undefined : JSON.stringify(body));
      }),
    close: () => agent.destroy(),
  };
}
