import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import type { RequestOptions } from "node:https";
import { resolve } from "node:path";
import { Connection } from "../../../src/cluster/connection.ts";
import { type PinnedTarget, pinTarget } from "../../../src/cluster/kubeconfig.ts";
import type { Freshness, NamespaceWatch } from "../../../src/cluster/namespaceWatch.ts";
import { type Bed, bedReset, bedUp } from "../../bed/bed.ts";
import { kubectl } from "../../run/kubectl.ts";
import { testBedName } from "../../run/testBedName.ts";
import { FaultyApi } from "./faultyApi.ts";

const bedOptions = { checkout: resolve(import.meta.dirname, "../../.."), name: testBedName(), log: () => {} };

export const isStale = ({ state }: Freshness) => state === "stale";
export const isLive = ({ state }: Freshness) => state === "live";

/** The demo's namespace as the extension follows it, where it waits for what is expected of it. */
export class Watched {
  readonly watch: NamespaceWatch;
  #clockAhead = 0;
  #news: () => void = () => {};

  constructor(pinned: PinnedTarget, server: string, user?: object) {
    const config = JSON.parse(pinned.kubeconfig);
    config.clusters[0].cluster.server = server;
    // client-node takes plain HTTP only where nothing is to be verified.
    if (server.startsWith("http:")) config.clusters[0].cluster = { server, "insecure-skip-tls-verify": true };
    if (user) config.users[0].user = user;
    const connection = new Connection({ ...pinned, server, kubeconfig: JSON.stringify(config) });
    this.watch = connection.watch({
      onChange: () => this.#news(),
      onBug: (error) => assert.fail(error instanceof Error ? error : String(error)),
      now: () => Date.now() + this.#clockAhead,
    });
  }

  /** The clock goes forward, as it does while a laptop sleeps. */
  sleep(ms: number): void {
    this.#clockAhead += ms;
  }

  /** Resolves with the time it took, in ms, until the condition holds. */
  async until(condition: (freshness: Freshness) => boolean, withinMs: number): Promise<number> {
    const began = performance.now();
    const signal = AbortSignal.timeout(withinMs);
    while (!condition(this.watch.freshness)) {
      await new Promise<void>((done, failed) => {
        this.#news = done;
        signal.onabort = () => failed(new Error(`not within ${withinMs} ms: ${JSON.stringify(this.watch.freshness)}`));
      });
    }
    return performance.now() - began;
  }

  async untilLive(withinMs = 6000): Promise<number> {
    return this.until(isLive, withinMs);
  }

  pods(): string[] {
    return this.watch.workloads().flatMap(({ pods }) => pods.map(({ name }) => name));
  }
}

/** A bed whose API server is reached through a proxy that can be given faults. */
export class FaultyBed {
  readonly bed: Bed;
  readonly pinned: PinnedTarget;
  #api: FaultyApi | undefined;
  #watched: Watched | undefined;

  private constructor(bed: Bed, pinned: PinnedTarget) {
    this.bed = bed;
    this.pinned = pinned;
  }

  /** Brings the bed up, with the demo as it should be. */
  static async open(): Promise<FaultyBed> {
    const bed = await bedUp(bedOptions);
    await bedReset(bedOptions);
    const choice = { kubeconfig: "", context: "", namespace: "pyairtable" };
    return new FaultyBed(bed, await pinTarget([bed.kubeconfig], choice));
  }

  /** Another proxy of its own before the same API server, for tests that run at once. */
  beside(): FaultyBed {
    return new FaultyBed(this.bed, this.pinned);
  }

  /** The proxy; it is there between `begin` and `end`. */
  get api(): FaultyApi {
    assert.ok(this.#api);
    return this.#api;
  }

  async begin(): Promise<void> {
    this.#api = await FaultyApi.start(new URL(this.pinned.server), this.#adminTls());
  }

  /** Ends what is followed, and the proxy. */
  async end(): Promise<void> {
    this.#watched?.watch.dispose();
    this.#watched = undefined;
    await this.#api?.close();
    this.#api = undefined;
  }

  /** Follows the demo's namespace through the proxy, or another server. */
  follow(server = this.api.url, user?: object): Watched {
    this.#watched = new Watched(this.pinned, server, user);
    return this.#watched;
  }

  /** Makes a pod of its own in the demo's namespace, past the proxy. */
  async createPod(name: string): Promise<void> {
    const image = "--image=registry.example.com/pyairtable/victim:1.0.0";
    await kubectl(this.bed, "run", name, "-n", "pyairtable", image, "--annotations=bed.podbook.dev/quick=true");
  }

  /** Deletes a pod at once, past the proxy. */
  async deletePod(name: string): Promise<void> {
    await kubectl(this.bed, "delete", "pod", "-n", "pyairtable", name, "--grace-period=0", "--force");
  }

  /** Deletes a pod and waits until the watch has seen it go. */
  async sawDeletion(view: Watched): Promise<void> {
    const victim = view.pods().find((name) => name.startsWith("api-gateway-")) ?? "";
    await this.deletePod(victim);
    await view.until(() => !view.pods().includes(victim), 3000);
  }

  /** The certificates that the bed's kubeconfig names. */
  #adminTls(): RequestOptions {
    const config = JSON.parse(this.pinned.kubeconfig);
    const file = (fields: Record<string, string>, name: string) =>
      fields[name] ? readFileSync(fields[name]) : Buffer.from(fields[`${name}-data`] ?? "", "base64");
    const { cluster } = config.clusters[0];
    const { user } = config.users[0];
    return {
      ca: file(cluster, "certificate-authority"),
      cert: file(user, "client-certificate"),
      key: file(user, "client-key"),
    };
  }
}
