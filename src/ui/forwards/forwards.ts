import { commands, EventEmitter } from "vscode";
import { ServiceForward } from "../../cluster/gateway/serviceForward.ts";
import type { ServicePort } from "../../cluster/gateway/servicePorts.ts";
import type { ServiceReach } from "../../cluster/gateway/services.ts";
import type { Target } from "../../plan/plan.ts";

/** A forward with the target whose service it leads to. */
export interface OpenForward {
  readonly id: number;
  readonly target: Target;
  readonly forward: ServiceForward;
}

/** Makes the view show while there is something in it. */
const contextKey = "podbook.hasForwards";

/** The forwards of this window; they end with it. */
export class Forwards {
  readonly #open = new Set<OpenForward>();
  readonly #changed = new EventEmitter<void>();
  readonly #onProblem: (error: unknown) => void;
  /** One came or went, or what is known of one has changed. */
  readonly onDidChange = this.#changed.event;
  #lastId = 0;

  constructor(onProblem: (error: unknown) => void) {
    this.#onProblem = onProblem;
  }

  /** Those that are open, the oldest first. */
  get all(): readonly OpenForward[] {
    return [...this.#open];
  }

  /** Opens a forward, or gives the one that already leads there. */
  async add(target: Target, service: ServicePort, reach: ServiceReach): Promise<OpenForward> {
    const same = this.all.find((one) => isSame(one, target, service));
    if (same) return same;
    const forward = await ServiceForward.open({ service, reach, onChange: () => this.#changed.fire() });
    const open = { id: ++this.#lastId, target, forward };
    this.#open.add(open);
    this.#update();
    return open;
  }

  /** Ends a forward and its connections. */
  async stop(open: OpenForward): Promise<void> {
    if (!this.#open.delete(open)) return;
    this.#update();
    await open.forward.close();
  }

  dispose(): void {
    for (const open of this.all) this.stop(open).catch(this.#onProblem);
    this.#changed.dispose();
  }

  #update(): void {
    commands.executeCommand("setContext", contextKey, this.#open.size > 0).then(undefined, this.#onProblem);
    this.#changed.fire();
  }
}

function isSame({ target, forward }: OpenForward, { context, namespace }: Target, service: ServicePort): boolean {
  const own = forward.service;
  return (
    target.context === context &&
    target.namespace === namespace &&
    own.service === service.service &&
    own.port === service.port
  );
}
