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
  /** The complete state: what is not among these objects is gone. */
  replace(objects: readonly ApiObject[]): void;
  changed(object: ApiObject): void;
  deleted(object: ApiObject): void;
  /** The state is known and follows the API from here on. */
  live(): void;
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

const pageSize = "500";
/** The server ends a watch after this time, and we resume it: a connection that died unnoticed is found out. */
const watchSeconds = "300";
/** A watch that the server closed sooner counts as a failure, so that a closing server is not asked in a storm. */
const shortWatchMs = 1000;

const keepsTrying = "Podbook keeps trying.";

/** Lists a collection in pages, then follows it by watch, until `signal` aborts. Rejects only for a mistake of ours. */
export async function watchResource(
  client: ApiClient,
  path: string,
  handler: ResourceHandler,
  signal: AbortSignal,
): Promise<void> {
  let version: string | null = null;
  let failures = 0;
  while (!signal.aborted) {
    const startedAt = performance.now();
    try {
      version ??= await list(client, path, handler, signal);
      handler.live();
      version = await follow(client, path, version, handler, signal);
      failures = performance.now() - startedAt < shortWatchMs ? failures + 1 : 0;
    } catch (error) {
      if (signal.aborted) return;
      if (!(error instanceof ClusterError)) throw error;
      // A watch that cannot be resumed starts over from a list at once: nothing is wrong with the cluster.
      const expired = error.reason === "expired" && version !== null;
      version = null;
      if (expired) continue;
      failures++;
      handler.failed(error);
    }
    if (failures > 0) await delay(backoffMs(failures, Math.random()), undefined, { signal }).catch(endedByAbort);
  }
}

async function list(client: ApiClient, path: string, handler: ResourceHandler, signal: AbortSignal): Promise<string> {
  const objects: ApiObject[] = [];
  let token = "";
  for (;;) {
    const query = token === "" ? { limit: pageSize } : { limit: pageSize, continue: token };
    const page = (await client.get(path, query, signal)) as ListPage;
    objects.push(...page.items);
    token = page.metadata.continue ?? "";
    if (token === "") {
      handler.replace(objects);
      return page.metadata.resourceVersion;
    }
  }
}

/** Follows from a version on; gives the last version seen when the server closes the watch. */
async function follow(
  client: ApiClient,
  path: string,
  from: string,
  handler: ResourceHandler,
  signal: AbortSignal,
): Promise<string> {
  let version = from;
  const query = {
    watch: "true",
    allowWatchBookmarks: "true",
    resourceVersion: from,
    timeoutSeconds: watchSeconds,
  };
  await client.stream(path, query, signal, (line) => {
    const { type, object } = readEvent(line);
    if (type === "ERROR") throw watchError(object.code ?? 0, object.message ?? "");
    version = object.metadata.resourceVersion ?? version;
    if (type === "DELETED") handler.deleted(object);
    else if (type !== "BOOKMARK") handler.changed(object);
  });
  return version;
}

function readEvent(line: string): WatchEvent {
  try {
    return JSON.parse(line) as WatchEvent;
  } catch (error) {
    throw new ClusterError("server", "Cannot reach the cluster: its watch sent a line that is not JSON.", keepsTrying, {
      cause: error,
    });
  }
}

function watchError(code: number, message: string): ClusterError {
  return code === 410
    ? new ClusterError("expired", message, "Podbook lists again.")
    : new ClusterError("server", `Cannot reach the cluster: the watch ended with ${code} ${message}`, keepsTrying);
}

function endedByAbort(error: unknown): void {
  if (!(error instanceof Error && error.name === "AbortError")) throw error;
}
