import type { ApiClient } from "../apiClient.ts";
import { ClusterError } from "../clusterError.ts";
import type { PodPort } from "./services.ts";

/** An answer this old serves the others who ask, in ms: many connections lead to one pod. */
const keepMs = 800;
/** How long the cluster may take to tell, in ms. */
const askMs = 5000;

/** Tells whether pods still run. */
export class PodLives {
  readonly #client: Pick<ApiClient, "get">;
  readonly #now: () => number;
  readonly #asked = new Map<string, { readonly at: number; readonly uid: Promise<string | null> }>();

  /** `now` is monotonic, in ms. */
  constructor(client: Pick<ApiClient, "get">, now: () => number) {
    this.#client = client;
    this.#now = now;
  }

  /**
   * The uid of the pod that runs by this name; null where none does any more.
   * @throws ClusterError where the cluster cannot be asked
   */
  runningUid({ namespace, pod }: Pick<PodPort, "namespace" | "pod">): Promise<string | null> {
    const path = `/api/v1/namespaces/${encodeURIComponent(namespace)}/pods/${encodeURIComponent(pod)}`;
    const known = this.#asked.get(path);
    if (known && this.#now() - known.at < keepMs) return known.uid;
    const uid = this.#ask(path);
    this.#asked.set(path, { at: this.#now(), uid });
    const forget = () => {
      if (this.#asked.get(path)?.uid === uid) this.#asked.delete(path);
    };
    uid.catch(forget);
    return uid;
  }

  async #ask(path: string): Promise<string | null> {
    try {
      const pod = (await this.#client.get(path, {}, AbortSignal.timeout(askMs))) as {
        readonly metadata: { readonly uid: string };
        readonly status?: { readonly phase?: string };
      };
      return pod.status?.phase === "Running" ? pod.metadata.uid : null;
    } catch (error) {
      if (error instanceof ClusterError && error.reason === "not-found") return null;
      throw error;
    }
  }
}
