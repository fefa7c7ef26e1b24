import { spawn } from "node:child_process";
import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { WantedPackage } from "../debian.ts";
import { freePorts } from "../ports.ts";
import { type ContainerProcess, ContainerStartError, endChild, endOf } from "./process.ts";

const program = "/usr/bin/prometheus";
const startDeadlineMs = 30_000;

/** Prometheus as the bed needs it; give it to ensureDebianPackages with the others, so that apt-get runs once. */
export const prometheusPackage: WantedPackage = { package: "prometheus", present: () => existsSync(program) };

/** What Prometheus is started with. */
export interface PrometheusProcessOptions {
  /** Its own folder; `targets/` in it is kept up to date by the agent. */
  readonly folder: string;
  /** Its configuration, as YAML. */
  readonly config: string;
  readonly output: (text: string) => void;
}

/** Starts Prometheus on a free loopback port, without what an earlier one has stored. Raises ContainerStartError. */
export async function startPrometheusProcess(options: PrometheusProcessOptions): Promise<ContainerProcess> {
  const { folder } = options;
  const data = join(folder, "data");
  rmSync(data, { recursive: true, force: true });
  mkdirSync(data, { recursive: true });
  const config = join(folder, "prometheus.yml");
  writeFileSync(config, options.config);
  const [port = 0] = await freePorts(1);
  const flags = {
    "config.file": config,
    "storage.tsdb.path": data,
    "storage.tsdb.retention.time": "1d",
    "web.listen-address": `127.0.0.1:${port}`,
  };
  const args = Object.entries(flags).map(([name, value]) => `--${name}=${value}`);
  // It must not outlive the agent, even if that is killed.
  const child = spawn("setpriv", ["--pdeathsig=TERM", "--", program, ...args], { stdio: ["ignore", "pipe", "pipe"] });
  let said = "";
  const up = new Promise<boolean>((resolve) => {
    const hear = (chunk: Buffer): void => {
      said = (said + chunk.toString()).slice(-2000);
      options.output(chunk.toString());
      if (said.includes("Server is ready to receive web requests")) resolve(true);
    };
    child.stdout.on("data", hear);
    child.stderr.on("data", hear);
    const timer = setTimeout(() => resolve(false), startDeadlineMs);
    void endOf(child).then(() => {
      clearTimeout(timer);
      resolve(false);
    });
  });
  const ended = endOf(child);
  const stop = (how: "asked" | "killed") => endChild(child, ended, how === "asked" ? "SIGTERM" : "SIGKILL", 5000);
  if (!(await up) || child.pid === undefined) {
    await stop("killed");
    throw new ContainerStartError(`Prometheus was not ready within ${startDeadlineMs} ms. It said: ${said}`);
  }
  return { pid: child.pid, port, ended, tell: () => {}, stop };
}
