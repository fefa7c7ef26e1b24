import { monitoringNamespace } from "../bed/demo.ts";
import { seen } from "../run/until.ts";
import type { DemoBed } from "./demoBed.ts";
import { throughPortForward } from "./portForward.ts";

/** A series of an instant query, as Prometheus gives it. */
export interface Series {
  readonly metric: Readonly<Record<string, string>>;
  readonly value: readonly [number, string];
}

/** Prometheus is started late and looks every 5 s. */
const scrapedMs = 40_000;

/** The Prometheus that watches the demo of a bed. */
export class BedPrometheus {
  readonly #demo: DemoBed;

  constructor(demo: DemoBed) {
    this.#demo = demo;
  }

  /** Resolves when it is ready. */
  async ready(): Promise<void> {
    const rollout = ["rollout", "status", "statefulset/prometheus", "-n", monitoringNamespace, "--timeout=60s"];
    await this.#demo.kubectl(rollout);
  }

  /** The series of a query, once they are as wanted. Raises an Error with those there were. */
  ask(query: string, wanted: (series: readonly Series[]) => boolean): Promise<readonly Series[]> {
    let last: readonly Series[] = [];
    const path = `/api/v1/query?query=${encodeURIComponent(query)}`;
    const get = async (url: string): Promise<unknown> => (await fetch(url + path)).json();
    const look = async (): Promise<readonly Series[] | undefined> => {
      const answer = await throughPortForward(this.#demo.bed, "prometheus", 9090, get, monitoringNamespace);
      last = (answer as { data: { result: Series[] } }).data.result;
      return wanted(last) ? last : undefined;
    };
    return seen(look, () => `${query}: ${JSON.stringify(last)}`, scrapedMs);
  }
}
