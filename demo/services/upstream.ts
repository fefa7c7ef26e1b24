import { request } from "node:http";
import type { Address } from "./addresses.ts";

/** What another service said of its own health. */
export interface UpstreamState {
  readonly state: "healthy" | "unhealthy" | "unreachable";
  readonly reason?: string;
  readonly ms: number;
}

/** Asks a service for its /health. Never raises: a service that cannot be asked is unreachable, with the reason. */
export function checkUpstream(address: Address | undefined, timeoutMs: number): Promise<UpstreamState> {
  if (!address) return Promise.resolve({ state: "unreachable", reason: "no ready pod", ms: 0 });
  const began = performance.now();
  const since = () => Math.round(performance.now() - began);
  return new Promise((resolve) => {
    const unreachable = (reason: string) => resolve({ state: "unreachable", reason, ms: since() });
    const asked = request({ ...address, path: "/health", agent: false, timeout: timeoutMs }, (answer) => {
      answer.resume();
      answer.on("error", (error) => unreachable(error.message));
      answer.on("end", () => {
        const status = answer.statusCode ?? 0;
        if (status === 200) resolve({ state: "healthy", ms: since() });
        else resolve({ state: "unhealthy", reason: `HTTP ${status}`, ms: since() });
      });
    });
    asked.on("timeout", () => asked.destroy(new Error(`no answer within ${timeoutMs} ms`)));
    asked.on("error", (error) => unreachable(error.message));
    asked.end();
  });
}
