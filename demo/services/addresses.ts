/** Where something listens. */
export interface Address {
  readonly host: string;
  readonly port: number;
}

/**
 * What a service knows of the cluster around it: whether its own pod takes traffic, and where the ready pods of the
 * others listen. On the bed the node agent keeps it up to date; alone it comes from the environment.
 */
export class Surroundings {
  #ready: boolean;
  #addresses: ReadonlyMap<string, readonly Address[]>;

  constructor(ready: boolean, addresses: ReadonlyMap<string, readonly Address[]>) {
    this.#ready = ready;
    this.#addresses = addresses;
  }

  get ready(): boolean {
    return this.#ready;
  }

  /** One address of a service, picked at random as a cluster IP would, or undefined while it has no ready pod. */
  pick(service: string, random: () => number = Math.random): Address | undefined {
    const all = this.#addresses.get(service) ?? [];
    return all[Math.floor(random() * all.length)];
  }

  /** Takes over newer knowledge. */
  update(news: SurroundingsMessage): void {
    this.#ready = news.ready;
    this.#addresses = new Map(Object.entries(news.addresses));
  }
}

/** What the node agent sends to a service whenever it changes. */
export interface SurroundingsMessage {
  readonly type: "surroundings";
  readonly ready: boolean;
  readonly addresses: Readonly<Record<string, readonly Address[]>>;
}

/** What a service sends to the node agent once it listens. */
export interface ListeningMessage {
  readonly type: "listening";
  readonly port: number;
}

/** Reads `name=host:port,…`; an entry of another form raises an Error that shows it. */
export function parseAddresses(text: string): Map<string, readonly Address[]> {
  const found = new Map<string, readonly Address[]>();
  for (const entry of text.split(",").filter(Boolean)) {
    const [, name, host, port] = /^([^=]+)=([^:]+):(\d+)$/.exec(entry) ?? [];
    if (!name || !host || !port) throw new Error(`"${entry}" is not an address of the form name=host:port.`);
    found.set(name, [...(found.get(name) ?? []), { host, port: Number(port) }]);
  }
  return found;
}

/** Whether a message from the parent process is news of the surroundings. */
export function isSurroundings(message: unknown): message is SurroundingsMessage {
  return typeof message === "object" && message !== null && "type" in message && message.type === "surroundings";
}
