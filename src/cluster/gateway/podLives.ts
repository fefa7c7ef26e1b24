import type { ApiClient } from "../apiClient.ts";
import { ClusterError } from "../clusterError.ts";
import type { PodPort } from "./services.ts";

/** An answer this old serves the others who ask, in ms: many connections lead to one pod. */
const keepMs = 800;
/** How long the cluster may take to tell, in ms. */
const askMs = 5000;

/** The pod that runs by some name. */
interface Life {
  readonly uid: string;
  /** When it has been ended at the latest, by our clock in ms. */
  readonly endsAt: number;
}

/** Tells whether pods still run. */
export class PodLives {
  readonly #client: Pick<ApiClient, "get">;
  readonly #now: () => number;
  readonly #asked = new Map<string, { readonly at: number; readonly life: Promise<Life | null> }>();

  /** `now` is monotonic, in ms. */
  constructor(client: Pick<ApiClient, "get">, now: () => number) {
    this.#client = client;
    this.#now = now;
  }

  /**
   * Whether a pod has ended, or another one has its name. One that is being deleted may finish its work: it is gone when
   * its grace period is over, also where its node is dead and nobody reports the end.
   * @throws ClusterError where the cluster cannot be asked
   */
  async isGone({ namespace, pod, uid }: Omit<PodPort, "port">): Promise<boolean> {
    const path = `/api/v1/namespaces/${encodeURIComponent(namespace)}/pods/${encodeURIComponent(pod)}`;
    const life = await this.#life(path);
    return life === null || (uid !== "" && life.uid !== uid) || life.endsAt <= this.#now();
  }

  #life(path: string): Promise<Life | null> {
    const known = this.#asked.get(path);
    if (known && this.#now() - known.at < keepMs) return known.life;
    const life = this.#ask(path, known?.life);
    this.#asked.set(path, { at: this.#now(), life });
    const forget = () => {
      if (this.#asked.get(path)?.life === life) this.#asked.delete(path);
    };
    life.then((one) => one ?? forget(), forget);
    return life;
  }

  async #ask(path: string, before: Promise<Life | null> | undefined): Promise<Life | null> {
    try {
      const { metadata, status } = (await this.#client.get(path, {}, AbortSignal.timeout(askMs))) as {
        readonly metadata: { readonly uid: string; readonly deletionGracePeriodSeconds?: number };
        readonly status?: { readonly phase?: string };
      };
      if (status?.phase !== "Running") return null;
      const { uid, deletionGracePeriodSeconds: grace = Number.POSITIVE_INFINITY } = metadata;
      const earlier = await before;
      // Counted from when we first heard of it: the clocks of the cluster may differ from ours.
      const endsAt = Math.min(this.#now() + grace * 1000, earlier?.uid === uid ? earlier.endsAt : Infinity);
      return { uid, endsAt };
    } catch (error) {
      if (error instanceof ClusterError && error.reason === "not-found") return null;
      throw error;
    }
  }
}
