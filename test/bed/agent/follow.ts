import { setTimeout as wait } from "node:timers/promises";
import type { ClusterApi } from "./api.ts";

/** What any Kubernetes object carries. */
export interface Named {
  readonly metadata: { readonly name: string; readonly resourceVersion?: string };
}

/** Told of every state of a collection; `gone` has the last known state of an object. */
export interface Follower<T> {
  readonly changed: (object: T) => void;
  readonly gone: (object: T) => void;
  /** Called after each complete list has been handed over. */
  readonly listed: () => void;
  readonly failed: (error: unknown) => void;
}

/**
 * Keeps a follower up to date with a small collection (`path` without a query) until the signal aborts: lists, watches,
 * and lists again whenever the watch ends, so that nothing that happened in between is missed.
 */
export async function follow<T extends Named>(
  api: ClusterApi,
  path: string,
  signal: AbortSignal,
  follower: Follower<T>,
): Promise<void> {
  let known = new Map<string, T>();
  let pauseMs = 0;
  while (!signal.aborted) {
    try {
      const list = (await api.get(path)) as { items: T[]; metadata: { resourceVersion: string } };
      const before = known;
      known = new Map(list.items.map((object) => [object.metadata.name, object]));
      for (const [name, object] of before) if (!known.has(name)) follower.gone(object);
      for (const object of known.values()) follower.changed(object);
      follower.listed();
      const query = `?watch=true&timeoutSeconds=600&resourceVersion=${list.metadata.resourceVersion}`;
      await api.watch(path + query, signal, ({ type, object }) => {
        // An error event (the version is too old) is followed by the end of the watch, and so by a new list.
        if (type === "ERROR") return;
        const one = object as T;
        if (type === "DELETED") {
          known.delete(one.metadata.name);
          follower.gone(one);
        } else {
          known.set(one.metadata.name, one);
          follower.changed(one);
        }
      });
      pauseMs = 0;
    } catch (error) {
      if (signal.aborted) return;
      follower.failed(error);
      pauseMs = Math.min(5000, pauseMs * 2 || 200);
      await wait(pauseMs, undefined, { signal }).catch(() => {});
    }
  }
}
