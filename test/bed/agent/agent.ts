import { join } from "node:path";
import type { Address, SurroundingsMessage } from "../../../demo/services/addresses.ts";
import type { ClusterApi } from "./api.ts";
import { type Follower, follow } from "./follow.ts";
import { PodRunner, type RunnerTools } from "./podRunner.ts";
import { type EndpointSlice, type Pod, type PodView, podsOfServices, viewPod } from "./pods.ts";
import type { PostgresFiles } from "./postgresFiles.ts";
import { type RealProcesses, realPrograms } from "./realProcesses.ts";
import type { ScrapeTarget } from "./scrapeTargets.ts";

/** What the agent works with. */
export interface AgentOptions {
  readonly api: ClusterApi;
  readonly namespace: string;
  readonly folder: string;
  readonly files: PostgresFiles;
  readonly processes: RealProcesses;
  /** Told whenever a program came or went, with all containers that have one or should. */
  readonly onTargets: (targets: readonly ScrapeTarget[]) => void;
  readonly log: (line: string) => void;
}

/** Runs a real process behind every running container of one namespace. */
export class Agent {
  readonly #options: AgentOptions;
  readonly #tools: RunnerTools;
  readonly #runners = new Map<string, PodRunner>();
  readonly #slices = new Map<string, EndpointSlice>();
  readonly #pods = new Map<string, Pod>();
  readonly #stopped = new AbortController();
  #following: Promise<unknown> = Promise.resolve();

  constructor(options: AgentOptions) {
    this.#options = options;
    this.#tools = {
      api: options.api,
      namespace: options.namespace,
      logsFolder: join(options.folder, "logs"),
      start: options.processes.start,
      execSurroundings: (pod, port) => this.#execSurroundings(pod, port),
      surroundings: (pod) => this.#surroundings(pod),
      changed: () => this.#tellAll(),
      log: options.log,
    };
  }

  /** The pods of its namespace. */
  get pods(): readonly Pod[] {
    return [...this.#pods.values()];
  }

  /** Starts to follow the cluster; resolves when all that runs there now has its process. */
  async start(): Promise<void> {
    const { api, namespace, log } = this.#options;
    const failed = (error: unknown) => log(error instanceof Error ? error.message : String(error));
    const { promise: podsListed, resolve: listedPods } = Promise.withResolvers<void>();
    const { promise: slicesListed, resolve: listedSlices } = Promise.withResolvers<void>();
    const pods: Follower<Pod> = {
      changed: (pod) => {
        this.#pods.set(pod.metadata.name, pod);
        this.#want(pod.metadata.name, viewPod(pod));
      },
      gone: (pod) => {
        this.#pods.delete(pod.metadata.name);
        this.#want(pod.metadata.name, undefined);
      },
      listed: listedPods,
      failed,
    };
    const slices: Follower<EndpointSlice> = {
      changed: (slice) => {
        this.#slices.set(slice.metadata.name, slice);
        this.#tellAll();
      },
      gone: (slice) => {
        this.#slices.delete(slice.metadata.name);
        this.#tellAll();
      },
      listed: listedSlices,
      failed,
    };
    const { signal } = this.#stopped;
    this.#following = Promise.all([
      follow(api, `/api/v1/namespaces/${namespace}/pods`, signal, pods),
      follow(api, `/apis/discovery.k8s.io/v1/namespaces/${namespace}/endpointslices`, signal, slices),
    ]);
    await Promise.all([podsListed, slicesListed]);
    await Promise.all([...this.#runners.values()].map((runner) => runner.settled()));
  }

  /** Stops following and ends every process. */
  async stop(): Promise<void> {
    this.#stopped.abort();
    await this.#following;
    await Promise.all([...this.#runners.values()].map((runner) => runner.close()));
  }

  #want(name: string, pod: PodView | undefined): void {
    const known = this.#runners.get(name);
    if (!known && (!pod || !realPrograms.has(pod.container))) return;
    const runner = known ?? new PodRunner(name, this.#tools);
    this.#runners.set(name, runner);
    runner.want(pod);
    this.#options.onTargets(this.#targets());
    if (pod) return;
    void runner.settled().then(() => {
      if (runner.idle) this.#runners.delete(name);
    });
  }

  #tellAll(): void {
    for (const runner of this.#runners.values()) runner.tell();
    this.#options.onTargets(this.#targets());
  }

  /** As a cluster's discovery has them: every pod whose container was started once, whether or not it runs now. */
  #targets(): ScrapeTarget[] {
    return this.pods.flatMap((pod) => {
      const view = viewPod(pod);
      if (!view || (view.instance === undefined && view.ended === undefined)) return [];
      const { container, name, port } = view;
      const localPort = this.#runners.get(name)?.localPort;
      return [{ container, namespace: this.#options.namespace, pod: name, port, localPort }];
    });
  }

  #surroundings(pod: PodView): SurroundingsMessage {
    const addresses: Record<string, Address[]> = {};
    for (const [service, pods] of podsOfServices(this.#slices.values())) {
      const ports = pods.flatMap((name) => this.#runners.get(name)?.localPort ?? []);
      addresses[service] = ports.map((port) => ({ host: "127.0.0.1", port }));
    }
    return { type: "surroundings", ready: pod.ready, addresses };
  }

  /** Clients of PostgreSQL find it without arguments, and nothing of the person's own settings. */
  #execSurroundings(pod: PodView, port: number) {
    const { files } = this.#options;
    const client = { PGHOST: "127.0.0.1", PGPORT: String(port), PSQLRC: "/dev/null", PSQL_HISTORY: "/dev/null" };
    // psql starts its shell and its pager through these: neither has a place in the bed.
    const harmless = { HOME: files.emptyFolder, SHELL: "/bin/false", PAGER: "", HOSTNAME: pod.name };
    const environment = pod.container === "postgres" ? { ...harmless, ...client } : harmless;
    return { folder: files.emptyFolder, user: files.user, environment };
  }
}
