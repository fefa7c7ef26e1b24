import type { Plan } from "../plan/plan.ts";
import { describeTarget } from "../plan/plan.ts";

interface Place {
  readonly targets: readonly string[];
  readonly left: Promise<void>;
}

/** Lets the runs that change something on a target go one after the other, in the order in which they came. */
export class TargetQueue {
  readonly #places = new Set<Place>();

  /**
   * Settles when everything that came before on one of these targets has left; gives what leaves the place again.
   * `onWait` is told how many are before it where it has to wait.
   * @throws the signal's reason, when it aborts; the place is left then
   */
  async enter(targets: readonly string[], signal: AbortSignal, onWait: (ahead: number) => void): Promise<() => void> {
    const before = [...this.#places].filter((place) => place.targets.some((target) => targets.includes(target)));
    const { promise, resolve } = Promise.withResolvers<void>();
    const place: Place = { targets, left: promise };
    this.#places.add(place);
    const leave = () => {
      this.#places.delete(place);
      resolve();
    };
    if (before.length > 0) {
      onWait(before.length);
      try {
        await settledOrAborted(
          before.map(({ left }) => left),
          signal,
        );
      } catch (error) {
        leave();
        throw error;
      }
    }
    return leave;
  }
}

/** The targets that a plan changes something on, as the queue knows them; none where it only reads. */
export function changedTargets(plan: Plan): string[] {
  if (plan.effect === "read" || !plan.target) return [];
  const named = plan.commands.flatMap(({ actions }) => actions.filter(({ effect }) => effect !== "read"));
  return [...new Set([plan.target, ...named.map(({ target }) => target)].map(describeTarget))];
}

function settledOrAborted(promises: readonly Promise<void>[], signal: AbortSignal): Promise<unknown> {
  signal.throwIfAborted();
  const { promise, reject } = Promise.withResolvers<never>();
  const abort = () => reject(signal.reason);
  signal.addEventListener("abort", abort, { once: true });
  return Promise.race([Promise.all(promises), promise]).finally(() => signal.removeEventListener("abort", abort));
}
