import { EventEmitter } from "vscode";
import type { ClusterError } from "../../cluster/clusterError.ts";
import type { Connection } from "../../cluster/connection.ts";
import type { PinnedTarget, TargetChoice } from "../../cluster/kubeconfig.ts";
import type { Freshness, NamespaceWatch } from "../../cluster/namespaceWatch.ts";
import type { PodDetails } from "../../cluster/objectDetails.ts";
import { type PinResult, TargetFollower } from "../../cluster/targetFollower.ts";
import type { Workload } from "../../cluster/workload.ts";
import { describeTarget, type Target } from "../../plan/plan.ts";

/** What the Pods view shows at one moment. */
export interface PodsState {
  /** Null while the kubeconfig is being read, or where it names no target. */
  readonly target: Target | null;
  readonly freshness: Freshness;
  /** While the state is `connecting`, those that were read so far. */
  readonly workloads: readonly Workload[];
}

/** What the model needs from the extension. */
export interface PodsModelOptions {
  readonly choice: () => TargetChoice;
  readonly environment: NodeJS.ProcessEnv;
  readonly connect: (pinned: PinnedTarget) => Promise<Connection>;
  readonly onBug: (error: unknown) => void;
}

/** Changes within this time are told together, in ms; VS Code itself waits for 200 ms more before it draws a tree anew. */
const coalesceMs = 50;

/** The live pods of the chosen target: follows the settings, the kubeconfig and the namespace from `start` on. */
export class PodsModel {
  readonly #options: PodsModelOptions;
  readonly #changed = new EventEmitter<void>();
  readonly onDidChange = this.#changed.event;
  #follower: TargetFollower | undefined;
  #watch: NamespaceWatch | undefined;
  #connection: Connection | undefined;
  #target: Target | null = null;
  #error: ClusterError | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(options: PodsModelOptions) {
    this.#options = options;
  }

  /** Begins to follow; does nothing when it has begun already. */
  start(): void {
    this.#follower ??= new TargetFollower(
      this.#options.choice(),
      this.#options.environment,
      (result) => void this.#follow(result).catch(this.#options.onBug),
      this.#options.onBug,
    );
  }

  /** Forgets all and begins anew, with the settings and the kubeconfig as they are now. */
  restart(): void {
    this.#stop();
    this.#changed.fire();
    this.start();
  }

  /** The target in words; before the kubeconfig is read, as the settings have it. */
  get name(): string {
    const { context, namespace } = this.#options.choice();
    return this.#target ? describeTarget(this.#target) : [context, namespace].filter((part) => part !== "").join("/");
  }

  get state(): PodsState {
    const freshness: Freshness = this.#error
      ? { state: "failed", error: this.#error }
      : (this.#watch?.freshness ?? { state: "connecting" });
    return { target: this.#target, freshness, workloads: this.#watch?.workloads() ?? [] };
  }

  /** The state once the cluster has answered or failed; starts following where that has not begun. */
  async settled(): Promise<PodsState> {
    this.start();
    if (this.state.freshness.state === "connecting") {
      await new Promise<void>((resolve) => {
        const listener = this.onDidChange(() => {
          if (this.state.freshness.state === "connecting") return;
          listener.dispose();
          resolve();
        });
      });
    }
    return this.state;
  }

  /**
   * What the cluster tells of a pod that is followed; null where no cluster is.
   * @throws ClusterError where the pod cannot be had
   */
  async details(pod: string, signal: AbortSignal): Promise<PodDetails | null> {
    return (await this.#connection?.podDetails(pod, signal)) ?? null;
  }

  dispose(): void {
    this.#stop();
    this.#changed.dispose();
  }

  async #follow(result: PinResult): Promise<void> {
    const follower = this.#follower;
    this.#watch?.dispose();
    this.#watch = undefined;
    this.#connection = undefined;
    this.#error = "error" in result ? result.error : undefined;
    this.#target = "pinned" in result ? result.pinned.target : null;
    if ("pinned" in result) await this.#connect(result.pinned, follower);
    this.#changed.fire();
  }

  async #connect(pinned: PinnedTarget, follower: TargetFollower | undefined): Promise<void> {
    const connection = await this.#options.connect(pinned);
    if (this.#follower !== follower || this.#target !== pinned.target) return;
    this.#connection = connection;
    this.#watch = connection.watch({
      onChange: () => this.#fireSoon(),
      onBug: this.#options.onBug,
      now: () => Date.now(),
    });
  }

  #fireSoon(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#changed.fire();
    }, coalesceMs);
  }

  #stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#follower?.dispose();
    this.#follower = undefined;
    this.#watch?.dispose();
    this.#watch = undefined;
    this.#connection = undefined;
    this.#target = null;
    this.#error = undefined;
  }
}
