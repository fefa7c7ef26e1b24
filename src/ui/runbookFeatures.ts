import { type Disposable, languages, type TextDocument } from "vscode";
import type { AllLenses } from "./lens/allLenses.ts";
import { BlockEffects } from "./lens/blockEffects.ts";
import { BlockLenses } from "./lens/blockLenses.ts";
import type { BlockRuns } from "./lens/blockRuns.ts";
import { ContactLenses } from "./lens/contactLenses.ts";
import type { OpenRunbooks } from "./lens/openRunbooks.ts";
import type { PausedSteps } from "./lens/pausedSteps.ts";
import { PlanHovers } from "./lens/planHovers.ts";
import { TargetLenses } from "./lens/targetLenses.ts";
import { LintFixes } from "./lint/lintFixes.ts";
import { RunbookDiagnostics } from "./lint/runbookDiagnostics.ts";
import { followRunbookContext } from "./runbookContext.ts";
import type { RunbookSessions } from "./runbookSessions.ts";
import type { RunbookTargets } from "./runbookTargets.ts";
import type { RunPreparation } from "./runPreparation.ts";
import type { ShellAnalysis } from "./shellAnalysis.ts";

/** What the features of a runbook's text need. */
export interface RunbookFeatureParts {
  readonly runbooks: OpenRunbooks;
  readonly lenses: AllLenses;
  readonly blockRuns: BlockRuns;
  readonly steps: PausedSteps;
  readonly analysis: ShellAnalysis;
  readonly preparation: RunPreparation;
  readonly sessions: RunbookSessions;
  readonly targets: RunbookTargets;
  readonly onProblem: (error: unknown) => void;
}

const markdown = { language: "markdown" };

/** All that Podbook shows in the text of a runbook: lenses, hovers, problems and their fixes. */
export class RunbookFeatures {
  readonly #targetLenses: TargetLenses;
  readonly #diagnostics: RunbookDiagnostics;
  readonly #contactLenses: ContactLenses;
  readonly #effects: BlockEffects;
  readonly #disposables: readonly Disposable[];

  constructor(parts: RunbookFeatureParts) {
    const { runbooks, lenses, analysis, preparation, targets, onProblem } = parts;
    const runbook = (document: TextDocument) => runbooks.runbook(document);
    this.#effects = new BlockEffects(preparation, onProblem);
    const blockLenses = new BlockLenses({ ...parts, effects: this.#effects });
    this.#targetLenses = new TargetLenses({ runbooks, targets, onProblem });
    this.#contactLenses = new ContactLenses(runbooks);
    this.#diagnostics = new RunbookDiagnostics({ runbook, analysis, targets }, onProblem);
    this.#disposables = [
      this.#effects,
      blockLenses,
      this.#targetLenses,
      this.#contactLenses,
      this.#diagnostics,
      lenses.add(blockLenses, this.#targetLenses, this.#contactLenses),
      languages.registerHoverProvider(markdown, new PlanHovers(runbooks, preparation)),
      languages.registerCodeActionsProvider(markdown, new LintFixes(this.#diagnostics, runbook), {
        providedCodeActionKinds: LintFixes.kinds,
      }),
      ...followRunbookContext(runbooks, onProblem),
    ];
  }

  /** Looks at everything anew, as when the settings have changed. */
  refresh(): void {
    this.#effects.forget();
    this.#targetLenses.refresh();
    this.#contactLenses.refresh();
    this.#diagnostics.refresh();
  }

  dispose(): void {
    for (const disposable of this.#disposables) disposable.dispose();
  }
}
