import type { Connection } from "./connection.ts";
import { type PinnedTarget, pinContext } from "./kubeconfig.ts";

/** More targets than anybody works on at once; the one not used for longest gives way. */
const most = 8;

/** The connections of this process, one for each pinned target, so that what was asked once is not asked again. */
export class Connections {
  readonly #known = new Map<string, Connection>();

  /**
   * The connection to one of the contexts that a pinned kubeconfig holds. The code that talks to the cluster is loaded
   * when it is first needed.
   * @throws ClusterError `no-context` where the kubeconfig does not hold it
   */
  async get(pinned: PinnedTarget, context: string): Promise<Connection> {
    const { Connection } = await import("./connection.ts");
    const key = `${context}\n${pinned.kubeconfig}`;
    const connection = this.#known.get(key) ?? new Connection(pinContext(pinned, context));
    this.#known.delete(key);
    this.#known.set(key, connection);
    const [oldest] = this.#known.keys();
    if (this.#known.size > most && oldest !== undefined) this.#known.delete(oldest);
    return connection;
  }
}
