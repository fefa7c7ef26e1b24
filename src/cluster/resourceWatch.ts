import { setTimeout as delay } from "node:timers/promises";
import type { ApiClient } from "./apiClient.ts";
import type { ObjectMeta } from "./apiTypes.ts";
import { backoffMs } from "./backoff.ts";
import { ClusterError } from "./clusterError.ts";

/** Any object of the API, before it is made slim. */
export interface ApiObject {
  readonly metadata: ObjectMeta;
}

/** What a watch tells its owner, one call after the other. */
export interface ResourceHandler {
  /** The complete state follows, page by page. */
  begin(): void;
  page(objects: readonly ApiObject[]): void;
  /** All pages were told: what is on none of them is gone. */
  complete(): void;
  changed(object: ApiObject): void;
  deleted(object: ApiObject): void;
  /** The state is known and follows the API from here on. */
  live(): void;
  /** The API has said something, be it only that nothing changes. */
  heard(): void;
  /** The API cannot be followed at the moment; the watch goes on trying. */
  failed(error: ClusterError): void;
}

interface ListPage {
  readonly items: readonly ApiObject[];
  readonly metadata: { readonly resourceVersion: string; readonly continue?: string };
}

interface WatchEvent {
  readonly type: "ADDED" | "MODIFIED" | "DELETED" | "BOOKMARK" | "ERROR";
  readonly object: ApiObject & { readonly code?: number; readonly message?: string };
}

/** What a watch shares with others of the same cluster. */
export interface WatchPace {
  /** Resolves when the API may be asked; the first of several watches that failed together asks for all. */
  ready(signal: AbortSignal): Promise<void>;
  /**
   * Aborts when everything that is open has to be asked anew; its reason is a ClusterError that says why. Another signal
   * from then on.
   */
  round(): AbortSignal;
  /** The longest time between two attempts, in ms. */
  readonly longestMs: number;
}

/** The first page is what a person sees first; no page may keep the event loop longer than a frame or two. */
const firstPage = "100";
const laterPages = "250";
/** The server ends a watch after this time, and we resume it: a connection that died unnoticed is found out. */
const watchSeconds = "300";
/** The server sends a bookmark every minute; a stream without even that is dead, though its connection may not be. In ms. */
const idleMs = 90_000;
/** A watch that the server closed sooner counts as a failure, so that a closing server is not asked in a storm. */
const shortWatchMs = 1000;

const keepsTrying = "Podbook keeps trying.";

/** Lists a collection in pages, then follows it by watch, until `signal` aborts. Rejects only for a mistake of ours. */
export async function watchResource(
  client: ApiClient,
  path: string,
  handler: ResourceHandler,
  pace: WatchPace,
  signal: AbortSignal,
): Promise<void> {
  let version: string | null = null;
  let failures = 0;
  while (!signal.aborted) {
    await pace.ready(signal).catch(endedByAbort);
    const startedAt = performance.now();
    const round = AbortSignal.any([signal, pace.round()]);
    const seen = (next: string) => {
      version = next;
    };
    try {
      if (version === null) seen(await list(client, path, handler, round));
      // What breaks answers lets a watch begin too, and nobody could tell it from one in which nothing happens.
      else if (failures > 0) requireList(await client.get(path, { limit: "1" }, round));
      await follow(client, path, version ?? "", handler, round, seen);
      failures = performance.now() - startedAt < shortWatchMs ? failures + 1 : 0;
      if (failures > 1) handler.failed(endsAtOnce());
    } catch (thrown) {
      if (signal.aborted) return;
      const error: unknown = round.aborted ? round.reason : thrown;
      if (!(error instanceof ClusterError)) throw error;
      // A watch that cannot be resumed starts over from a list at once: nothing is wrong with the cluster.
      const expired = error.reason === "expired" && version !== null;
      // Where the server could not be asked, what was seen last still holds, and the watch is resumed from there.
      if (!canResume(error)) version = null;
      if (expired) continue;
      handler.failed(error);
      failures = error.reason === "asleep" ? 0 : failures + 1;
    }
    // Waiting for an answer that did not come was waiting too.
    const waitMs = backoffMs(failures, pace.longestMs, Math.random()) - (performance.now() - startedAt);
    if (failures > 0 && waitMs > 0) await pause(waitMs, AbortSignal.any([signal, pace.round()]));
  }
}

/** Shorter where the signal aborts. */
async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await delay(ms, undefined, { signal }).catch(endedByAbort);
}

function canResume({ reason }: ClusterError): boolean {
  return reason === "unreachable" || reason === "asleep" || reason === "unauthorized" || reason === "credentials";
}

async function list(client: ApiClient, path: string, handler: ResourceHandler, signal: AbortSignal): Promise<string> {
  handler.begin();
  const ending = new AbortController();
  const both = AbortSignal.any([signal, ending.signal]);
  try {
    let current = startPage(client, path, { limit: firstPage }, both);
    for (;;) {
      const token = await current.next;
      // The server works on the next page while this one is read.
      const ahead = token === "" ? null : startPage(client, path, { limit: laterPages, continue: token }, both);
      const { items, metadata } = await current.page;
      signal.throwIfAborted();
      handler.page(items);
      if (!ahead) {
        handler.complete();
        return metadata.resourceVersion;
      }
      current = ahead;
    }
  } finally {
    ending.abort();
  }
}

interface PageUnderWay {
  readonly page: Promise<ListPage>;
  /** The token of the page after it, as soon as it is known; empty where there is none, and where this one fails. */
  readonly next: Promise<string>;
}

function startPage(
  client: ApiClient,
  path: string,
  query: Readonly<Record<string, string>>,
  signal: AbortSignal,
): PageUnderWay {
  const { promise: next, resolve } = Promise.withResolvers<string>();
  const page = client.page(path, query, signal, resolve).then(requireList);
  // Who waits for the page itself is told of its failure.
  page.then(({ metadata }) => resolve(metadata.continue ?? "")).catch(() => resolve(""));
  return { page, next };
}

/** Follows from a version on, and gives each version seen to `seen`; settles when the server closes the watch. */
async function follow(
  client: ApiClient,
  path: string,
  from: string,
  handler: ResourceHandler,
  signal: AbortSignal,
  seen: (version: string) => void,
): Promise<void> {
  const query = {
    watch: "true",
    allowWatchBookmarks: "true",
    resourceVersion: from,
    timeoutSeconds: watchSeconds,
  };
  const onLine = (line: string) => {
    const { type, object } = readEvent(line);
    if (type === "ERROR") throw watchError(object.code ?? 0, object.message ?? "");
    if (type === "DELETED") handler.deleted(object);
    else if (type !== "BOOKMARK") handler.changed(object);
    handler.heard();
    if (object.metadata.resourceVersion) seen(object.metadata.resourceVersion);
  };
  await client.stream(path, query, signal, { onOpen: () => handler.live(), onLine, idleMs });
}

/** What answers in the API server's place can send anything, also with success and as JSON. */
function readEvent(line: string): WatchEvent {
  let event: unknown;
  try {
    event = JSON.parse(line);
  } catch (error) {
    throw notUnderstood("its watch sent a line that is not JSON", error);
  }
  if (!isEvent(event)) throw notUnderstood("its watch sent a line that is no event");
  return event;
}

function isEvent(event: unknown): event is WatchEvent {
  const { type, object } = (event ?? {}) as Partial<WatchEvent>;
  if (type === "ERROR") return typeof object === "object" && object !== null;
  if (type === "BOOKMARK") return hasMetadata(object);
  return (type === "ADDED" || type === "MODIFIED" || type === "DELETED") && isNamed(object);
}

function requireList(answer: unknown): ListPage {
  const { items, metadata } = (answer ?? {}) as Partial<ListPage>;
  if (!Array.isArray(items) || !items.every(isNamed) || typeof metadata?.resourceVersion !== "string") {
    throw notUnderstood("its answer is not the list that was asked for");
  }
  return answer as ListPage;
}

function isNamed(object: unknown): boolean {
  return hasMetadata(object) && typeof object.metadata.name === "string" && typeof object.metadata.uid === "string";
}

function hasMetadata(object: unknown): object is ApiObject {
  const { metadata } = (object ?? {}) as Partial<ApiObject>;
  return typeof metadata === "object" && metadata !== null;
}

function notUnderstood(what: string, cause?: unknown): ClusterError {
  return new ClusterError("server", `Cannot reach the cluster: ${what}.`, keepsTrying, { cause });
}

function watchError(code: number, message: string): ClusterError {
  return code === 410
    ? new ClusterError("expired", message, "Podbook lists again.")
    : new ClusterError("server", `Cannot reach the cluster: the watch ended with ${code} ${message}`, keepsTrying);
}

/** One watch can meet a server that goes; the next that ends as soon says that nothing is followed. */
function endsAtOnce(): ClusterError {
  return new ClusterError("server", "Cannot reach the cluster: its watches end as soon as they begin.", keepsTrying);
}

function endedByAbort(error: unknown): void {
  if (!(error instanceof Error && error.name === "AbortError")) throw error;
}
