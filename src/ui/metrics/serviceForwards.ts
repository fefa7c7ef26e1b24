import type { Connection } from "../../cluster/connection.ts";
import { ServiceForward } from "../../cluster/gateway/serviceForward.ts";
import type { ServicePort } from "../../cluster/gateway/servicePorts.ts";

interface Opened {
  readonly connection: Connection;
  readonly forward: Promise<ServiceForward>;
}

/** The ways through clusters to services that the editor itself asks; each is opened once, and they end with this. */
export class ServiceForwards {
  readonly #onProblem: (error: unknown) => void;
  readonly #opened = new Map<string, Opened>();

  constructor(onProblem: (error: unknown) => void) {
    this.#onProblem = onProblem;
  }

  /** A forward to a service; a connection that has taken another's place, as after a login, gets one of its own. */
  to(connection: Connection, service: ServicePort): Promise<ServiceForward> {
    const key = `${connection.pinned.server} ${service.namespace}/${service.service}:${service.port}`;
    const opened = this.#opened.get(key);
    if (opened?.connection === connection) return opened.forward;
    if (opened) this.#close(opened);
    const forward = ServiceForward.open({ service, reach: connection.services, anyPort: true, onChange: () => {} });
    this.#opened.set(key, { connection, forward });
    return forward;
  }

  dispose(): void {
    for (const opened of this.#opened.values()) this.#close(opened);
    this.#opened.clear();
  }

  #close({ forward }: Opened): void {
    forward.then((one) => one.close()).catch(this.#onProblem);
  }
}
