import { sinceBefore } from "../recovery/recoveryClock.ts";
import type { ApiClient } from "./apiClient.ts";
import { type NamespacedEvent, type NamespaceEvent, namespaceEvent } from "./namespaceEvents.ts";
import { eventTime } from "./objectDetails.ts";
import { type ResourceHandler, type WatchPace, watchResource } from "./resourceWatch.ts";

/** What events are followed with. */
export interface EventWatchOptions {
  readonly client: ApiClient;
  readonly namespace: string;
  /** What was seen before this time (ms since the epoch) is left out. */
  readonly since: number;
  /** Called once for each time that something has happened; `at` is in ms since the epoch. */
  readonly onEvent: (event: NamespaceEvent, at: number) => void;
  /** A mistake of ours, for the log. */
  readonly onBug: (error: unknown) => void;
  /** In ms since the epoch. */
  readonly now: () => number;
}

/** Many users may see pods and not events: they are asked for seldom then. */
const longestMs = 30_000;

/** Follows the events of one namespace until it is disposed; where they cannot be had it goes on trying, quietly. */
export class EventWatch {
  readonly #options: EventWatchOptions;
  readonly #ending = new AbortController();
  readonly #told = new Set<string>();

  constructor(options: EventWatchOptions) {
    this.#options = options;
    const path = `/api/v1/namespaces/${encodeURIComponent(options.namespace)}/events`;
    const pace: WatchPace = { ready: async () => {}, round: () => this.#ending.signal, longestMs };
    watchResource(options.client, path, this.#handler(), pace, this.#ending.signal).catch(options.onBug);
  }

  dispose(): void {
    this.#ending.abort();
  }

  #handler(): ResourceHandler {
    let listed: NamespacedEvent[] = [];
    return {
      begin: () => {
        listed = [];
      },
      page: (objects) => {
        listed.push(...(objects as readonly NamespacedEvent[]).filter((event) => this.#isRecent(event)));
      },
      complete: () => {
        for (const event of listed.sort((one, other) => eventTime(one) - eventTime(other))) this.#tell(event);
        listed = [];
      },
      changed: (object) => {
        if (this.#isRecent(object as NamespacedEvent)) this.#tell(object as NamespacedEvent);
      },
      deleted: () => {},
      live: () => {},
      heard: () => {},
      failed: () => {},
    };
  }

  #isRecent(event: NamespacedEvent): boolean {
    // The API tells whole seconds.
    return eventTime(event) >= Math.floor(this.#options.since / 1000) * 1000;
  }

  #tell(event: NamespacedEvent): void {
    const told = namespaceEvent(event);
    if (this.#told.has(told.id)) return;
    this.#told.add(told.id);
    const now = this.#options.now();
    this.#options.onEvent(told, sinceBefore(now, eventTime(event)) ?? now);
  }
}
