import { CodeLens, type CodeLensProvider, EventEmitter, Range, type TextDocument } from "vscode";
import { emptyPreview } from "../../plan/preview.ts";
import type { FollowedBlock } from "../../runbook/followBlocks.ts";
import type { BlockAnalysis } from "../../shell/analysis.ts";
import { needsTerminal } from "../../shell/needsTerminal.ts";
import { shortResult } from "../output/runSummary.ts";
import { commandLenses } from "../settings.ts";
import type { ShellAnalysis } from "../shellAnalysis.ts";
import { type BlockEffects, effectWords } from "./blockEffects.ts";
import type { BlockRuns } from "./blockRuns.ts";
import type { OpenRunbooks } from "./openRunbooks.ts";
import type { PausedSteps } from "./pausedSteps.ts";

/** What the lenses need to know. */
export interface BlockLensParts {
  readonly runbooks: OpenRunbooks;
  readonly blockRuns: BlockRuns;
  readonly analysis: ShellAnalysis;
  readonly effects: BlockEffects;
  readonly steps: PausedSteps;
  readonly onProblem: (error: unknown) => void;
}

/** A lens whose words are counted from the cluster once it comes into view. */
class EffectLens extends CodeLens {
  readonly document: TextDocument;
  readonly followed: FollowedBlock;
  readonly analysis: BlockAnalysis;

  constructor(range: Range, document: TextDocument, followed: FollowedBlock, analysis: BlockAnalysis) {
    super(range);
    this.document = document;
    this.followed = followed;
    this.analysis = analysis;
  }
}

/** Run, Stop, the effect and the last result above every shell block, and Run over its commands where that helps. */
export class BlockLenses implements CodeLensProvider {
  readonly #parts: BlockLensParts;
  readonly #changed = new EventEmitter<void>();
  readonly onDidChangeCodeLenses = this.#changed.event;
  readonly #listeners;

  constructor(parts: BlockLensParts) {
    this.#parts = parts;
    const fire = () => this.#changed.fire();
    this.#listeners = [
      parts.blockRuns.onDidChange(fire),
      parts.analysis.onDidLoad(fire),
      parts.effects.onDidChange(fire),
      parts.steps.onDidChange(fire),
    ];
  }

  provideCodeLenses(document: TextDocument): CodeLens[] {
    return this.#parts.runbooks.blocks(document).flatMap((followed) => {
      const { text, language } = followed.block;
      const analysis = this.#parts.analysis.analyseNow(text, language, this.#parts.onProblem);
      return [...this.#blockLenses(document, followed, analysis), ...this.#commandLenses(document, followed, analysis)];
    });
  }

  /** Gives at once what is known; a count that is still going on draws the lenses anew when it is done. */
  resolveCodeLens(lens: CodeLens): CodeLens {
    if (!(lens instanceof EffectLens)) return lens;
    const effect = this.#parts.effects.effect(lens.document, lens.followed.block);
    lens.command = {
      title: `$(warning) ${effect?.words ?? effectWords(lens.analysis.commands, emptyPreview)}`,
      tooltip: effect?.plan.join("\n") ?? "The cluster is being asked what this hits",
      command: "podbook.showPlan",
      arguments: [lens.document.uri, lens.followed.key],
    };
    return lens;
  }

  dispose(): void {
    for (const listener of this.#listeners) listener.dispose();
    this.#changed.dispose();
  }

  #blockLenses(document: TextDocument, followed: FollowedBlock, analysis: BlockAnalysis | undefined): CodeLens[] {
    const { key, block } = followed;
    const range = new Range(block.line, 0, block.line, 0);
    const lens = (title: string, tooltip: string, command: string) =>
      new CodeLens(range, { title, tooltip, command, arguments: [document.uri, key] });
    const state = this.#parts.blockRuns.state(key);
    if (state.state === "running" && !state.run) {
      return [lens("$(ellipsis) preparing", "A question is open, or the cluster is being asked", "podbook.showOutput")];
    }
    if (state.state === "running") {
      return [
        lens("$(debug-stop) Stop", "End this run and every process it started", "podbook.stopBlock"),
        lens("$(sync~spin) running", "Show the output", "podbook.showOutput"),
      ];
    }
    if (analysis?.kind === "not-shell") return [lens("$(info) not shell", analysis.why, "")];
    const run = lens("$(play) Run", "Run this block; its output appears in the Podbook panel", "podbook.runBlock");
    const steps =
      (analysis?.commands.length ?? 0) > 1
        ? [
            lens(
              "$(debug-step-over) Run step by step",
              "Ask before each command of this block",
              "podbook.runStepByStep",
            ),
          ]
        : [];
    const asking = analysis ? needsTerminal(analysis) : null;
    const terminal =
      asking === null
        ? []
        : [
            lens(
              "$(terminal) Run in Terminal",
              `${asking} needs a terminal: run this block in one of its own, pinned to the same target`,
              "podbook.runBlockInTerminal",
            ),
          ];
    const changes = analysis?.commands.some(({ effect }) => effect !== "read");
    const effect = analysis && changes ? [new EffectLens(range, document, followed, analysis)] : [];
    const last = state.last ? [lens(shortResult(state.last), "Show the output", "podbook.showOutput")] : [];
    return [run, ...terminal, ...steps, ...effect, ...last];
  }

  #commandLenses(document: TextDocument, followed: FollowedBlock, analysis: BlockAnalysis | undefined): CodeLens[] {
    const commands = analysis?.kind === "shell" && analysis.syntaxErrors.length === 0 ? analysis.commands : [];
    const paused = commands[this.#parts.steps.at(followed.key) ?? -1];
    if (paused) return this.#pauseLenses(document, followed, paused.commentLine);
    const setting = commandLenses();
    const mixed = new Set(commands.map(({ effect }) => effect === "read")).size > 1;
    if (setting === "off" || commands.length < 2 || (setting === "auto" && !mixed)) return [];
    return commands.map(({ line, commentLine, effect, reasons }) => {
      const at = followed.block.line + 1 + commentLine;
      return new CodeLens(new Range(at, 0, at, 0), {
        title: effect === "read" ? "$(play) Run command" : `$(play) Run command · $(warning) ${reasons[0] ?? effect}`,
        tooltip:
          effect === "read" ? "Run this command alone. It only reads." : "Run this command alone. It asks first.",
        command: "podbook.runCommand",
        arguments: [document.uri, followed.key, line],
      });
    });
  }

  /** Over the command that a step-by-step run waits at. */
  #pauseLenses(document: TextDocument, { key, block }: FollowedBlock, line: number): CodeLens[] {
    const at = block.line + 1 + line;
    const range = new Range(at, 0, at, 0);
    const lens = (title: string, tooltip: string, command: string) =>
      new CodeLens(range, { title, tooltip, command, arguments: [document.uri, key] });
    return [
      lens("$(debug-continue) Continue", "Run this command, then ask again", "podbook.continueStep"),
      lens("$(debug-step-over) Skip", "Leave this command out", "podbook.skipStep"),
    ];
  }
}
