import type { Memento, Uri } from "vscode";
import { ClusterError } from "../../cluster/clusterError.ts";
import type { Connection } from "../../cluster/connection.ts";
import type { Connections } from "../../cluster/connections.ts";
import type { ServicePort } from "../../cluster/gateway/servicePorts.ts";
import type { PinnedTarget } from "../../cluster/kubeconfig.ts";
import { baseUrl } from "../../http/baseUrl.ts";
import type { PrometheusAddress } from "../../prometheus/prometheusApi.ts";
import { PrometheusError } from "../../prometheus/prometheusError.ts";
import type { RunbookTargets } from "../runbookTargets.ts";
import { prometheusUrl, targetChoice } from "../settings.ts";
import { ServiceForwards } from "./serviceForwards.ts";

/** What Prometheus is reached with. */
export interface PrometheusReachParts {
  readonly targets: RunbookTargets;
  readonly connections: Connections;
  /** Remembers which of several was chosen. */
  readonly memento: Memento;
  readonly onProblem: (error: unknown) => void;
}

/** A Prometheus that can be asked, and for which namespace. */
export interface ReachedPrometheus extends Omit<PrometheusAddress, "credentials"> {
  /** Tells it from all others: what its credentials are kept by. */
  readonly server: string;
  /** What queries are narrowed to; null where there is no target. */
  readonly namespace: string | null;
}

interface Found {
  readonly at: number;
  readonly services: readonly ServicePort[];
}

/** How long the cluster may take to tell its services, in ms. */
const patienceMs = 10_000;
/** What was found, or was not, is looked for anew after this time, in ms: the services of all namespaces can be many. */
const keepMs = 600_000;

/** The way to the Prometheus of a runbook: the one of the settings, else one in the cluster that the runbook runs on. */
export class PrometheusReach {
  readonly #parts: PrometheusReachParts;
  readonly #forwards: ServiceForwards;
  readonly #found = new Map<string, Found>();

  constructor(parts: PrometheusReachParts) {
    this.#parts = parts;
    this.#forwards = new ServiceForwards(parts.onProblem);
  }

  /**
   * Where the runbook's Prometheus is. Asks nobody anything.
   * @throws PrometheusError where there is none, or where several could be meant
   */
  async of(runbook: Uri): Promise<ReachedPrometheus> {
    const pinned = await asPrometheusError(this.#pinned(runbook));
    const written = prometheusUrl();
    if (written === "") return asPrometheusError(this.#inCluster(pinned));
    const url = baseUrl(written);
    const namespace = pinned?.target.namespace ?? (targetChoice().namespace || null);
    if (url) return { url, title: url.href.replace(/\/$/, ""), server: url.origin, namespace, wayProblem: () => null };
    const advice = "It is an http or https address without user and password: http://prometheus.example.com:9090";
    throw new PrometheusError("bad-url", "podbook.prometheus.url is no address.", advice);
  }

  /**
   * The services that look like Prometheus in the cluster that the runbook runs on.
   * @throws PrometheusError
   */
  async candidates(runbook: Uri): Promise<readonly ServicePort[]> {
    const pinned = await asPrometheusError(this.#pinned(runbook));
    if (!pinned) return [];
    this.forget();
    return asPrometheusError(this.#services(await this.#connection(pinned)));
  }

  /** Chooses one of several. */
  async choose(runbook: Uri, service: ServicePort): Promise<void> {
    const pinned = await asPrometheusError(this.#pinned(runbook));
    if (pinned) await this.#parts.memento.update(choiceKey(pinned), nameOf(service));
  }

  /** Looks anew for what is in the clusters. */
  forget(): void {
    this.#found.clear();
  }

  dispose(): void {
    this.#forwards.dispose();
  }

  /** Null where there is no kubeconfig. */
  async #pinned(runbook: Uri): Promise<PinnedTarget | null> {
    const pinned = await this.#parts.targets.pinKnown(runbook);
    if (pinned !== undefined) return pinned;
    const message = "This runbook has no target yet, or its context means another cluster by now.";
    throw new PrometheusError("no-target", message, "Choose one: its namespace narrows the queries.");
  }

  async #inCluster(pinned: PinnedTarget | null): Promise<ReachedPrometheus> {
    if (!pinned) throw noPrometheus("There is no cluster to look for Prometheus in.");
    const connection = await this.#connection(pinned);
    const service = this.#chosen(pinned, await this.#services(connection));
    const forward = await this.#forwards.to(connection, service);
    const { namespace, context } = pinned.target;
    return {
      url: new URL(`http://${forward.address}/`),
      title: `${service.service}.${service.namespace}:${service.port} in ${context}`,
      server: `${pinned.server} ${nameOf(service)}`,
      namespace,
      wayProblem: () => forward.problem,
    };
  }

  #connection(pinned: PinnedTarget): Promise<Connection> {
    return this.#parts.connections.get(pinned, pinned.target.context);
  }

  async #services(connection: Connection): Promise<readonly ServicePort[]> {
    const { server, target } = connection.pinned;
    const key = `${server} ${target.context} ${target.namespace}`;
    const found = this.#found.get(key);
    if (found && performance.now() - found.at < keepMs) return found.services;
    const services = await connection.prometheusServices(AbortSignal.timeout(patienceMs));
    this.#found.set(key, { at: performance.now(), services });
    return services;
  }

  #chosen(pinned: PinnedTarget, services: readonly ServicePort[]): ServicePort {
    const [first, ...others] = services;
    if (!first) throw noPrometheus(`No service of ${pinned.target.context} looks like Prometheus.`);
    const remembered = this.#parts.memento.get<string>(choiceKey(pinned));
    const chosen = others.length === 0 ? first : services.find((one) => nameOf(one) === remembered);
    if (chosen) return chosen;
    const several = `${services.length} services of ${pinned.target.context} look like Prometheus.`;
    throw new PrometheusError("ambiguous", several, "Choose one by “Podbook: Choose Prometheus…”.");
  }
}

/** What the cluster does not give, as what it means for queries. */
async function asPrometheusError<T>(asked: Promise<T>): Promise<T> {
  try {
    return await asked;
  } catch (error) {
    if (!(error instanceof ClusterError)) throw error;
    throw new PrometheusError("unreachable", error.message, error.advice, { cause: error });
  }
}

function noPrometheus(message: string): PrometheusError {
  return new PrometheusError("no-prometheus", message, "Set podbook.prometheus.url to see the values of queries.");
}

function choiceKey({ server }: PinnedTarget): string {
  return `prometheus:${server}`;
}

function nameOf({ namespace, service, port }: ServicePort): string {
  return `${namespace}/${service}:${port}`;
}
