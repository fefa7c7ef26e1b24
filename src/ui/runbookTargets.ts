import { homedir } from "node:os";
import { EventEmitter, type Memento, type Uri, window } from "vscode";
import { ClusterError } from "../cluster/clusterError.ts";
import { kubeconfigFiles, listContexts, type PinnedTarget, pinTarget } from "../cluster/kubeconfig.ts";
import type { Target } from "../plan/plan.ts";
import { targetChoice } from "./settings.ts";

/** What a person chose for a runbook; the server is kept to notice when the context's name comes to mean another cluster. */
interface Chosen extends Target {
  readonly server: string;
}

/** The target of each runbook: chosen once, remembered in the workspace, read anew from the kubeconfig at every click. */
export class RunbookTargets {
  readonly #memento: Memento;
  readonly #changed = new EventEmitter<void>();
  readonly onDidChange = this.#changed.event;

  constructor(memento: Memento) {
    this.#memento = memento;
  }

  /** What a runbook is pinned to as far as nobody needs to be asked; undefined where the choice is still open. */
  async known(runbook: Uri): Promise<Target | null | undefined> {
    const chosen = this.#chosen(runbook);
    if (chosen) return { context: chosen.context, namespace: chosen.namespace };
    return (await this.#isAmbiguous()) ? undefined : ((await this.#pinned(targetChoice(), []))?.target ?? null);
  }

  /**
   * The runbook's target, read from the kubeconfig now; asks where it is not clear. Null where there is no kubeconfig,
   * undefined where the person left the question.
   * @throws ClusterError `bad-kubeconfig` or `no-context`
   */
  async pin(runbook: Uri, alsoContexts: readonly string[]): Promise<PinnedTarget | null | undefined> {
    const chosen = this.#chosen(runbook);
    if (!chosen && (await this.#isAmbiguous()) && !(await this.choose(runbook))) return undefined;
    const { kubeconfig, ...settings } = targetChoice();
    const { context, namespace } = this.#chosen(runbook) ?? settings;
    const pinned = await this.#pinned({ kubeconfig, context, namespace }, alsoContexts);
    if (!chosen || !pinned || pinned.server === chosen.server) return pinned;
    return (await this.#acceptMoved(runbook, chosen, pinned)) ? pinned : undefined;
  }

  /**
   * The runbook's target, read from the kubeconfig now, without asking: undefined where the choice is still open, or where
   * the chosen context means another cluster by now. Null where there is no kubeconfig.
   * @throws ClusterError `bad-kubeconfig` or `no-context`
   */
  async pinKnown(runbook: Uri): Promise<PinnedTarget | null | undefined> {
    const chosen = this.#chosen(runbook);
    if (!chosen && (await this.#isAmbiguous())) return undefined;
    const { kubeconfig, ...settings } = targetChoice();
    const { context, namespace } = chosen ?? settings;
    const pinned = await this.#pinned({ kubeconfig, context, namespace }, []);
    return chosen && pinned && pinned.server !== chosen.server ? undefined : pinned;
  }

  /**
   * The target of the settings, read from the kubeconfig now; null where there is no kubeconfig.
   * @throws ClusterError `bad-kubeconfig` or `no-context`
   */
  pinSettings(): Promise<PinnedTarget | null> {
    return this.#pinned(targetChoice(), []);
  }

  /** Lets the person choose context and namespace for a runbook; false when they leave. */
  async choose(runbook: Uri): Promise<boolean> {
    const choice = targetChoice();
    const files = kubeconfigFiles(choice.kubeconfig, process.env, homedir());
    const { names, current } = await listContexts(files);
    const items = names.map((label) => ({ label, description: label === current ? "current" : "" }));
    const title = "On which context shall this runbook run?";
    const context = (await window.showQuickPick(items, { title }))?.label;
    if (context === undefined) return false;
    const proposed = (await pinTarget(files, { ...choice, context })).target.namespace;
    const namespace = await window.showInputBox({
      title: `Namespace in ${context}`,
      prompt: "Commands without -n act on it.",
      value: proposed,
      validateInput: (text) =>
        /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/.test(text) ? undefined : "Not a namespace's name.",
    });
    if (namespace === undefined) return false;
    const { server } = await pinTarget(files, { ...choice, context, namespace });
    await this.#remember(runbook, { context, namespace, server });
    return true;
  }

  dispose(): void {
    this.#changed.dispose();
  }

  async #acceptMoved(runbook: Uri, chosen: Chosen, { target, server }: PinnedTarget): Promise<boolean> {
    const use = "Use It";
    const detail = `It was ${chosen.server} when this runbook's target was chosen, and is ${server} now.`;
    const message = `The context ${target.context} means another cluster than before. Run on it?`;
    if ((await window.showWarningMessage(message, { modal: true, detail }, use)) !== use) return false;
    await this.#remember(runbook, { ...target, server });
    return true;
  }

  /** Without a kubeconfig what needs no cluster can still run; unless a context was asked for. */
  async #pinned(choice: ReturnType<typeof targetChoice>, also: readonly string[]): Promise<PinnedTarget | null> {
    try {
      return await pinTarget(kubeconfigFiles(choice.kubeconfig, process.env, homedir()), choice, also);
    } catch (error) {
      if (error instanceof ClusterError && error.reason === "no-kubeconfig" && choice.context === "") return null;
      throw error;
    }
  }

  /** With a context in the settings, or only one in the kubeconfig, there is nothing to ask. */
  async #isAmbiguous(): Promise<boolean> {
    const { kubeconfig, context } = targetChoice();
    if (context !== "") return false;
    try {
      return (await listContexts(kubeconfigFiles(kubeconfig, process.env, homedir()))).names.length > 1;
    } catch (error) {
      if (error instanceof ClusterError) return false;
      throw error;
    }
  }

  #chosen(runbook: Uri): Chosen | undefined {
    return this.#memento.get<Chosen>(`target:${runbook.toString()}`);
  }

  async #remember(runbook: Uri, chosen: Chosen): Promise<void> {
    await this.#memento.update(`target:${runbook.toString()}`, chosen);
    this.#changed.fire();
  }
}
