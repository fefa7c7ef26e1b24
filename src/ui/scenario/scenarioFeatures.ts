import {
  commands,
  type Disposable,
  Range,
  type TextDocument,
  TextEditorRevealType,
  Uri,
  window,
  workspace,
} from "vscode";
import type { Connections } from "../../cluster/connections.ts";
import { measuredRecovery } from "../../recovery/measuredRecovery.ts";
import { verdictWords } from "../../recovery/recoveryClock.ts";
import { scenarioSteps } from "../../recovery/scenarioSteps.ts";
import { listItems } from "../../runbook/listItems.ts";
import type { Block } from "../../runbook/runbook.ts";
import type { Scenario } from "../../runbook/scenarios.ts";
import { activeRunbook } from "../activeRunbook.ts";
import type { BlockCommands } from "../commands/blockCommands.ts";
import type { CommandHandler } from "../commands/command.ts";
import type { BlockRuns } from "../lens/blockRuns.ts";
import type { OpenRunbooks } from "../lens/openRunbooks.ts";
import { mayRun } from "../prompts/trust.ts";
import type { RunbookTargets } from "../runbookTargets.ts";
import type { ShellAnalysis } from "../shellAnalysis.ts";
import { messageText } from "../shownText.ts";
import { GuidedScenario } from "./guidedScenario.ts";
import type { LastRecoveries } from "./lastRecoveries.ts";
import { ScenarioView } from "./scenarioView.ts";
import { showRecoveries } from "./showRecoveries.ts";

/** What guided scenarios need. */
export interface ScenarioFeatureParts {
  readonly runbooks: OpenRunbooks;
  readonly blockRuns: BlockRuns;
  readonly blocks: BlockCommands;
  readonly analysis: ShellAnalysis;
  readonly targets: RunbookTargets;
  readonly connections: Connections;
  readonly recoveries: LastRecoveries;
  readonly onProblem: (error: unknown) => void;
}

/** Makes the view show while a scenario is gone through. */
const contextKey = "podbook.inScenario";

/** Going through a scenario step by step, one at a time in a window. */
export class ScenarioFeatures implements Disposable {
  readonly #parts: ScenarioFeatureParts;
  readonly #view: ScenarioView;
  readonly #listener: Disposable;
  #guided: GuidedScenario | undefined;
  #told = false;

  constructor(parts: ScenarioFeatureParts) {
    this.#parts = parts;
    this.#view = new ScenarioView(parts.runbooks, parts.blockRuns);
    this.#listener = parts.blockRuns.onDidChange(() => this.#noteChanges());
  }

  /** By the names of their commands. */
  get handlers(): Record<string, CommandHandler> {
    return {
      "podbook.startScenario": this.start,
      "podbook.endScenario": async () => this.end(),
      "podbook.validateScenario": async () => this.#guided?.validateAgain(),
      "podbook.runStep": this.runStep,
      "podbook.openStep": this.openStep,
      "podbook.showRecoveries": async () => showRecoveries(await this.#parts.recoveries.all(), this.#parts.runbooks),
    };
  }

  /** Arguments as the lens over a scenario gives them; from the palette, a scenario of the active runbook. */
  readonly start: CommandHandler = async (uri, line) => {
    const document = uri instanceof Uri ? await workspace.openTextDocument(uri) : activeRunbook();
    const { scenarios } = document ? this.#parts.runbooks.runbook(document) : { scenarios: [] };
    const given = scenarios.find((scenario) => scenario.line === line);
    if (!document || scenarios.length === 0) {
      await window.showInformationMessage("Open a runbook with scenarios to go through one of them.");
      return;
    }
    const scenario = given ?? (await pickScenario(scenarios));
    if (scenario && (await mayRun())) await this.begin(document, scenario);
  };

  /** The argument is a row of the Scenario view. */
  readonly runStep: CommandHandler = async (row) => {
    const { block } = (row ?? {}) as { readonly block?: Block };
    const document = this.#guided?.document;
    const followed =
      document && block && this.#parts.runbooks.blocks(document).find((one) => one.block.id === block.id);
    if (document && followed) await this.#parts.blocks.run(document, followed, "block");
    else await window.showWarningMessage("That step is no longer in the runbook. Start the scenario again.");
  };

  /** The argument is a zero-based line of the scenario's runbook. */
  readonly openStep: CommandHandler = async (line) => {
    if (!this.#guided || typeof line !== "number") return;
    const editor = await window.showTextDocument(this.#guided.document, { preserveFocus: true });
    editor.revealRange(new Range(line, 0, line, 0), TextEditorRevealType.InCenterIfOutsideViewport);
  };

  dispose(): void {
    this.#guided?.dispose();
    this.#listener.dispose();
    this.#view.dispose();
  }

  /** Goes through a scenario; undefined where the person leaves the choice of a target, or there is no cluster. */
  async begin(document: TextDocument, scenario: Scenario): Promise<GuidedScenario | undefined> {
    const { runbooks, targets, connections, onProblem } = this.#parts;
    const pinned = await targets.pin(document.uri, []);
    if (pinned === undefined) return undefined;
    if (pinned === null) {
      await window.showWarningMessage(
        "There is no kubeconfig, so there is no cluster whose recovery could be measured.",
      );
      return undefined;
    }
    const connection = await connections.get(pinned, pinned.target.context);
    await this.#leave();
    this.#told = false;
    const steps = scenarioSteps(runbooks.runbook(document), scenario, listItems(document.getText()));
    const guided: GuidedScenario = new GuidedScenario({
      document,
      scenario,
      steps,
      target: pinned.target,
      watch: (onChange) => connection.watch({ onChange, onBug: onProblem, now: Date.now }),
      runRead: (block) => this.#runRead(document, block),
      now: Date.now,
      onProblem,
    });
    this.#guided = guided;
    guided.onDidChange(() => {
      this.#view.update();
      this.#tellEnd(guided).catch(onProblem);
    });
    await commands.executeCommand("setContext", contextKey, true);
    this.#view.show(guided);
    await commands.executeCommand("podbook.scenario.focus");
    return guided;
  }

  /** Ends the scenario that is gone through, where there is one. */
  async end(): Promise<void> {
    const left = this.#leave();
    this.#view.show(undefined);
    await commands.executeCommand("setContext", contextKey, false);
    await left;
  }

  /** Ends the clock; a recovery that it was still measuring is written down as none. */
  async #leave(): Promise<void> {
    const guided = this.#guided;
    this.#guided = undefined;
    guided?.dispose();
    if (guided && !this.#told) await this.#keep(guided);
  }

  async #keep({ clock, scenario, document, target }: GuidedScenario): Promise<void> {
    const about = { scenario: scenario.title, target, expected: scenario.expectedRecoverySeconds };
    const measured = measuredRecovery(clock.state, about, Date.now());
    if (measured) await this.#parts.recoveries.add(document.uri, measured);
  }

  async #runRead(document: TextDocument, { id, text, language }: Block) {
    const { analysis, runbooks, blocks } = this.#parts;
    const { kind, commands: found, syntaxErrors, placeholders } = await analysis.analyse(text, language);
    const plain = kind === "shell" && syntaxErrors.length === 0 && placeholders.length === 0;
    if (!plain || found.some(({ effect }) => effect !== "read")) return "left-out";
    const followed = runbooks.blocks(document).find(({ block }) => block.id === id);
    return followed ? blocks.run(document, followed, "block") : "left-out";
  }

  #noteChanges(): void {
    const guided = this.#guided;
    if (!guided) return;
    const changing = this.#parts.runbooks.blocks(guided.document).some(({ key }) => {
      const state = this.#parts.blockRuns.state(key);
      return state.state === "running" && state.execution.plan.effect !== "read";
    });
    if (changing) guided.changing();
  }

  async #tellEnd(guided: GuidedScenario): Promise<void> {
    const { clock, scenario } = guided;
    if (clock.state.state !== "recovered" || this.#told) return;
    this.#told = true;
    await this.#keep(guided);
    const words = verdictWords(clock.state, scenario.expectedRecoverySeconds, clock.state.endedAt);
    const late = words.includes("late");
    const tell = late ? window.showWarningMessage : window.showInformationMessage;
    const end = "End Scenario";
    if ((await tell(messageText(`${scenario.title}: ${words}.`), end)) === end) await this.end();
  }
}

async function pickScenario(scenarios: readonly Scenario[]): Promise<Scenario | undefined> {
  const items = scenarios.map((scenario) => ({
    label: scenario.title,
    description: scenario.expectedRecovery ?? "",
    detail: scenario.impact ?? "",
    scenario,
  }));
  return (await window.showQuickPick(items, { title: "Go through which scenario?", matchOnDetail: true }))?.scenario;
}
