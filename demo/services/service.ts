import { createServer, type IncomingMessage, type Server } from "node:http";
import type { Surroundings } from "./addresses.ts";
import { checkDatabase } from "./database.ts";
import { Metrics } from "./metrics.ts";
import { checkUpstream, type UpstreamState } from "./upstream.ts";

/** What one of the services is: its name, the pod it stands for, and the names of the services it depends on. */
export interface ServiceOptions {
  readonly service: string;
  readonly pod: string;
  readonly database: string | undefined;
  readonly upstreams: readonly string[];
  readonly timeoutMs: number;
  readonly surroundings: Surroundings;
  readonly log: (entry: Readonly<Record<string, unknown>>) => void;
}

interface Answer {
  readonly status: number;
  readonly body: string | Readonly<Record<string, unknown>>;
}

const routes = ["/health", "/ready", "/api/status", "/metrics"];

/** Makes the HTTP server of a service; it logs and counts every request. The caller makes it listen and closes it. */
export function createService(options: ServiceOptions): Server {
  const metrics = new Metrics();
  const startedAt = Date.now();
  const about = { service: options.service, pod: options.pod };
  metrics.gauge("service_info", "Which service and pod this is.", 1, about);
  metrics.gauge("process_start_time_seconds", "When the process started, in Unix time.", startedAt / 1000);

  // A counter that appears with its first error shows no increase then.
  for (const code of [200, 503]) metrics.declare({ method: "GET", path: "/health", status: code });

  const askDatabase = async (name: string) => {
    const address = options.surroundings.pick(name);
    const state = address
      ? await checkDatabase(address, options.timeoutMs)
      : { up: false as const, reason: `${name} has no ready pod` };
    metrics.gauge("database_up", "1 while the database takes connections.", state.up ? 1 : 0);
    return state;
  };
  const askUpstreams = async () => {
    const states: Record<string, UpstreamState> = {};
    for (const name of options.upstreams) {
      const state = await checkUpstream(options.surroundings.pick(name), options.timeoutMs);
      states[name] = state;
      const up = state.state === "healthy" ? 1 : 0;
      metrics.gauge("upstream_up", "1 while the upstream is healthy.", up, { upstream: name });
    }
    return states;
  };

  const health = async (): Promise<Answer> => {
    if (!options.surroundings.ready)
      return { status: 503, body: { ...about, status: "unavailable", reason: "not ready" } };
    if (!options.database) return { status: 200, body: { ...about, status: "ok" } };
    const state = await askDatabase(options.database);
    if (state.up) return { status: 200, body: { ...about, status: "ok", database: "up" } };
    return { status: 503, body: { ...about, status: "unavailable", reason: `database: ${state.reason}` } };
  };
  const status = async (): Promise<Answer> => {
    const own = await health();
    const uptime = Math.round((Date.now() - startedAt) / 1000);
    const others = await askUpstreams();
    const well = own.status === 200 && Object.values(others).every((one) => one.state === "healthy");
    const body = {
      service: options.service,
      pod: options.pod,
      status: well ? "ok" : "degraded",
      uptimeSeconds: uptime,
    };
    // The platform's state is an answer, not a failure: 200 also while something behind it is down.
    return { status: 200, body: { ...body, health: own.body, upstreams: others } };
  };
  const answer = async (request: IncomingMessage, path: string): Promise<Answer> => {
    if (!routes.includes(path)) return { status: 404, body: { error: `nothing at ${path}` } };
    if (request.method !== "GET" && request.method !== "HEAD") return { status: 405, body: { error: "only GET" } };
    if (path === "/health") return health();
    if (path === "/api/status") return status();
    if (path === "/metrics") return { status: 200, body: metrics.render() };
    return options.surroundings.ready
      ? { status: 200, body: { ready: true } }
      : { status: 503, body: { ready: false } };
  };

  return createServer((request, response) => {
    const began = performance.now();
    const path = (request.url ?? "/").replace(/[?#].*/, "");
    response.on("close", () => {
      const seconds = (performance.now() - began) / 1000;
      const method = request.method ?? "GET";
      // Unknown paths are counted as one series, or a scanner would fill the memory with series.
      metrics.observe({ method, path: routes.includes(path) ? path : "other", status: response.statusCode, seconds });
      // Every few seconds a scrape: they would bury what a person looks for.
      if (path === "/metrics") return;
      const ms = Math.round(seconds * 10_000) / 10;
      options.log({
        level: levelOf(response.statusCode),
        msg: "request",
        method,
        path,
        status: response.statusCode,
        ms,
      });
    });
    request.resume();
    answer(request, path).then(
      ({ status, body }) => {
        const text = typeof body === "string" ? body : `${JSON.stringify(body)}\n`;
        const type = typeof body === "string" ? "text/plain; version=0.0.4; charset=utf-8" : "application/json";
        response.writeHead(status, { "content-type": type, "content-length": Buffer.byteLength(text) }).end(text);
      },
      (error: unknown) => {
        options.log({ level: "error", msg: String(error) });
        response.writeHead(500).end();
      },
    );
  });
}

function levelOf(status: number): string {
  return status >= 500 ? "error" : status >= 400 ? "warn" : "info";
}
