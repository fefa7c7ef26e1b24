// One of the three HTTP services of the PyAirtable platform; its ConfigMap says what it depends on. Alone:
//   SERVICE=platform-services PORT=8000 DATABASE_HOST=postgres ADDRESSES=postgres=127.0.0.1:5432 node demo/services/main.ts
// On the bed the node agent starts one for every running container and tells it of the cluster through IPC.

import { isSurroundings, parseAddresses, Surroundings } from "./addresses.ts";
import { createService } from "./service.ts";
import { checkUpstream } from "./upstream.ts";

const { SERVICE: service, PORT = "0", ADDRESSES = "", DATABASE_HOST: database, UPSTREAMS = "" } = process.env;
const { DATABASE_TIMEOUT_MS = "1000", UPSTREAM_CHECK_INTERVAL_MS = "10000" } = process.env;
if (!service) {
  console.error("Set SERVICE to the name of the service this process is, for example api-gateway.");
  process.exit(2);
}
const { POD_NAME: pod = service } = process.env;
const timeoutMs = Number(DATABASE_TIMEOUT_MS);
const upstreams = UPSTREAMS.split(",").flatMap((entry) => entry.replace(/:\d+$/, "").trim() || []);

const log = (entry: Readonly<Record<string, unknown>>) => {
  process.stdout.write(`${JSON.stringify({ time: new Date().toISOString(), service, pod, ...entry })}\n`);
};
const surroundings = new Surroundings(!process.channel, parseAddresses(ADDRESSES));
const server = createService({ service, pod, database, upstreams, timeoutMs, surroundings, log });

server.listen(Number(PORT), "127.0.0.1", () => {
  const address = server.address();
  if (typeof address !== "object" || !address) throw new Error("The server has no port.");
  log({ level: "info", msg: "listening", port: address.port });
  process.send?.({ type: "listening", port: address.port });
});

// A gateway keeps asking its upstreams, whether or not there is traffic, so that it knows before a client does.
const timer = setInterval(async () => {
  for (const name of upstreams) {
    const state = await checkUpstream(surroundings.pick(name), timeoutMs);
    if (state.state !== "healthy") log({ level: "warn", msg: "upstream check failed", upstream: name, ...state });
  }
}, Number(UPSTREAM_CHECK_INTERVAL_MS));

const stop = (signal: string) => {
  log({ level: "info", msg: `${signal} received, closing` });
  clearInterval(timer);
  server.close(() => process.exit(0));
  server.closeIdleConnections();
  setTimeout(() => process.exit(0), 2000).unref();
};
process.on("message", (message) => {
  if (isSurroundings(message)) surroundings.update(message);
});
// A service must not outlive the agent that started it.
process.on("disconnect", () => process.exit(0));
process.once("SIGTERM", stop);
process.once("SIGINT", stop);
