import { spawn } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { checkDatabase } from "../../../demo/services/database.ts";
import { freePorts } from "../ports.ts";
import { endProcesses, readProcess } from "../processes.ts";
import { run } from "../run.ts";
import { asDatabaseUser, dataFolder, type PostgresFiles } from "./postgresFiles.ts";
import { type ContainerProcess, ContainerStartError, endChild, endOf } from "./process.ts";

const startDeadlineMs = 30_000;

/** What the database of a pod is started with. */
export interface PostgresProcessOptions {
  readonly files: PostgresFiles;
  /** The identity of the volume: the same one has the same data. */
  readonly volume: string;
  /** SQL for psql that fills a new database. */
  readonly initialSql: string;
  readonly output: (text: string) => void;
}

/** Starts PostgreSQL on a free loopback port and resolves once it takes connections. Raises ContainerStartError. */
export async function startPostgresProcess(options: PostgresProcessOptions): Promise<ContainerProcess> {
  const { files } = options;
  const data = await dataFolder(files, options.volume);
  await endLeftover(data.path);
  const [port = 0] = await freePorts(1);
  const settings = {
    listen_addresses: "127.0.0.1",
    port: String(port),
    unix_socket_directories: data.path,
    // The data outlives a kill of the process; that of the whole machine need not be paid for with every write.
    fsync: "off",
    shared_buffers: "16MB",
    max_connections: "50",
    log_timezone: "UTC",
  };
  const flags = Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  const server = join(files.programs, "postgres");
  const [command, ...args] = asDatabaseUser(files, [server, "-D", data.path, ...flags]);
  const child = spawn(command, args, { cwd: files.emptyFolder, stdio: ["ignore", "pipe", "pipe"] });
  let said = "";
  const hear = (chunk: Buffer) => {
    said = (said + chunk.toString()).slice(-1000);
    options.output(chunk.toString());
  };
  child.stdout.on("data", hear);
  child.stderr.on("data", hear);
  const ended = endOf(child);
  // PostgreSQL's own words: INT ends sessions and shuts down cleanly, QUIT ends at once and recovers at the next start.
  const stop = (how: "asked" | "killed") => endChild(child, ended, how === "asked" ? "SIGINT" : "SIGQUIT", 5000);
  const up = await Promise.race([takesConnections(port), ended.then(() => false)]);
  if (!up || child.pid === undefined) {
    await stop("killed");
    throw new ContainerStartError(`PostgreSQL did not start within ${startDeadlineMs} ms. It said: ${said}`);
  }
  if (data.isNew) await fill(files, data.path, port, options.initialSql);
  return { pid: child.pid, port, ended, tell: () => {}, stop };
}

/** Polls, for PostgreSQL has no other sign that a plain child process could give. */
async function takesConnections(port: number): Promise<boolean> {
  const deadline = performance.now() + startDeadlineMs;
  while (performance.now() < deadline) {
    if ((await checkDatabase({ host: "127.0.0.1", port }, 1000)).up) return true;
    await wait(50);
  }
  return false;
}

async function fill(files: PostgresFiles, path: string, port: number, sql: string): Promise<void> {
  const connection = ["-h", "127.0.0.1", "-p", String(port), "-U", "postgres"];
  const quiet = ["-X", "-q", "-v", "ON_ERROR_STOP=1"];
  await run(join(files.programs, "psql"), [...connection, ...quiet], { input: sql, cwd: files.emptyFolder });
  writeFileSync(join(path, "podbook-filled"), "");
}

/** Ends a server that still holds this data, left by an agent that was killed where nothing could end it with it. */
async function endLeftover(path: string): Promise<void> {
  const file = join(path, "postmaster.pid");
  if (!existsSync(file)) return;
  const leftover = readProcess(Number(readFileSync(file, "utf8").split("\n")[0]));
  // The id may be another program's by now; a server of this data has the folder in its command line.
  if (!leftover || !readFileSync(`/proc/${leftover.pid}/cmdline`, "utf8").split("\0").includes(path)) return;
  await endProcesses([leftover], 5000);
}
