import { mkdirSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** A container that Prometheus may scrape. */
export interface ScrapeTarget {
  readonly container: string;
  readonly namespace: string;
  readonly pod: string;
  /** The port of the container. */
  readonly port: number;
  /** Where its program really listens, on 127.0.0.1; undefined while there is none. */
  readonly localPort: number | undefined;
}

/** Nothing listens there: a pod whose program does not run is scraped in vain, as in life. */
const refusedPort = 1;

/** Tells Prometheus where the containers are, by the files of its file-based discovery: one for each container's name. */
export class ScrapeTargets {
  readonly #folder: string;
  readonly #written = new Map<string, string>();
  readonly #targets = new Map<string, readonly ScrapeTarget[]>();

  constructor(folder: string) {
    this.#folder = folder;
    mkdirSync(folder, { recursive: true });
  }

  /** Takes the containers of a namespace as they are now. */
  update(namespace: string, targets: readonly ScrapeTarget[]): void {
    this.#targets.set(namespace, targets);
    const all = [...this.#targets.values()].flat();
    for (const container of new Set([...all.map((target) => target.container), ...this.#written.keys()])) {
      this.#write(container, JSON.stringify(targetGroups(all.filter((target) => target.container === container))));
    }
  }

  #write(container: string, text: string): void {
    if (this.#written.get(container) === text) return;
    this.#written.set(container, text);
    const file = join(this.#folder, `${container}.json`);
    // Renamed into place, so that Prometheus never reads half a file.
    writeFileSync(`${file}.new`, text);
    renameSync(`${file}.new`, file);
  }
}

/** The groups of Prometheus's file-based discovery. */
export function targetGroups(targets: readonly ScrapeTarget[]): unknown[] {
  return targets.map(({ container, namespace, pod, port, localPort = refusedPort }) => ({
    targets: [`127.0.0.1:${localPort}`],
    labels: { namespace, pod, container, instance: `${pod}:${port}` },
  }));
}
