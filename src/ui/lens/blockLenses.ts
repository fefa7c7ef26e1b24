import { CodeLens, type Command, EventEmitter, Range, type TextDocument } from "vscode";
import { emptyPreview } from "../../plan/preview.ts";
import { shortResult } from "../../run/runSummary.ts";
import { emptySession } from "../../run/session.ts";
import type { FollowedBlock } from "../../runbook/followBlocks.ts";
import type { BlockAnalysis } from "../../shell/analysis.ts";
import { needsTerminal } from "../../shell/needsTerminal.ts";
import { describeSession, type RunbookSessions } from "../runbookSessions.ts";
import { type CommandLensSetting, commandLenses } from "../settings.ts";
import type { ShellAnalysis } from "../shellAnalysis.ts";
import { shownText } from "../shownText.ts";
import type { LensProvider } from "./allLenses.ts";
import { type BlockEffect, type BlockEffects, effectWords } from "./blockEffects.ts";
import type { BlockRuns } from "./blockRuns.ts";
import { aboutRun } from "./firstLenses.ts";
import type { OpenRunbooks } from "./openRunbooks.ts";
import type { PausedSteps } from "./pausedSteps.ts";

/** What the lenses need to know. */
export interface BlockLensParts {
  readonly runbooks: OpenRunbooks;
  readonly blockRuns: BlockRuns;
  readonly analysis: ShellAnalysis;
  readonly effects: BlockEffects;
  readonly steps: PausedSteps;
  readonly sessions: RunbookSessions;
  readonly onProblem: (error: unknown) => void;
}

/** A lens that shows the plan of its block once it comes into view: in its words, or where the mouse rests on it. */
class PlanLens extends CodeLens {
  readonly document: TextDocument;
  readonly followed: FollowedBlock;
  /** What it shows; nothing of the plan is known at first. */
  readonly show: (effect: BlockEffect | undefined) => Command;

  constructor(range: Range, document: TextDocument, followed: FollowedBlock, show: PlanLens["show"]) {
    super(range);
    this.document = document;
    this.followed = followed;
    this.show = show;
  }
}

type MakeLens = (title: string, tooltip: string, command: string) => CodeLens;

/** Run, Stop, the effect and the last result above every shell block, and Run over its commands where that helps. */
export class BlockLenses implements LensProvider {
  readonly #parts: BlockLensParts;
  /** The program that asks for a terminal, by analysis: lenses are made at every key stroke, of all blocks. */
  readonly #asking = new WeakMap<BlockAnalysis, string | null>();
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
      parts.sessions.onDidChange(fire),
    ];
  }

  provideCodeLenses(document: TextDocument): CodeLens[] {
    const setting = commandLenses();
    const lenses: CodeLens[] = [];
    const blocks = this.#parts.runbooks.blocks(document);
    if (blocks.length > 0) this.#parts.analysis.load(this.#parts.onProblem);
    for (const followed of blocks) {
      const { text, language } = followed.block;
      const analysis = this.#parts.analysis.known(text, language);
      lenses.push(...this.#blockLenses(document, followed, analysis));
      if (analysis) lenses.push(...this.#commandLenses(document, followed, analysis, setting));
    }
    return lenses;
  }

  /** Gives at once what is known; a count that is still going on draws the lenses anew when it is done. */
  resolveCodeLens(lens: CodeLens): CodeLens {
    if (lens instanceof PlanLens) {
      lens.command = lens.show(this.#parts.effects.effect(lens.document, lens.followed.block));
    }
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
    if (state.state === "preparing") {
      return [
        lens("$(debug-stop) Stop", "Do not run this block", "podbook.stopBlock"),
        lens(`$(ellipsis) ${state.words}`, "A question is open, or the cluster is being asked", "podbook.showOutput"),
      ];
    }
    if (state.state === "running") {
      return [
        lens("$(debug-stop) Stop", "End this run and every process it started", "podbook.stopBlock"),
        lens("$(sync~spin) running", "Show the output", "podbook.showOutput"),
      ];
    }
    if (analysis?.kind === "not-shell") return [lens("$(info) not shell", analysis.why, "")];
    const last = state.last ? [lens(shortResult(state.last), "Show the output", "podbook.showOutput")] : [];
    const also =
      "Also: Run Block in Terminal, Run Block in Cluster, by a right click into the block or from the palette";
    if (!analysis) return [lens("$(play) Run", aboutRun, "podbook.runBlock"), ...last];
    const planned = (title: (words: string) => string, first: readonly string[], command: string) =>
      new PlanLens(range, document, followed, (effect) => ({
        title: title(effect?.words ?? effectWords(analysis.commands, emptyPreview)),
        tooltip: shownText([...first, ...(effect?.plan ?? ["The plan is being made"])].join("\n")),
        command,
        arguments: [document.uri, key],
      }));
    const run = planned(() => "$(play) Run", [aboutRun, also, ...this.#sessionWords(document), ""], "podbook.runBlock");
    const one = ["Ask before each command of this block", ""];
    const steps = planned(() => "$(debug-step-over) Run step by step", one, "podbook.runStepByStep");
    const changes = planned((words) => `$(warning) ${words}`, [], "podbook.showPlan");
    return [
      run,
      ...this.#terminalLens(lens, analysis),
      ...(analysis.commands.length > 1 ? [steps] : []),
      ...(analysis.commands.some(({ effect }) => effect !== "read") ? [changes] : []),
      ...last,
    ];
  }

  /** For a block that needs a keyboard. */
  #terminalLens(lens: MakeLens, analysis: BlockAnalysis): CodeLens[] {
    let asking = this.#asking.get(analysis);
    if (asking === undefined) {
      asking = needsTerminal(analysis);
      this.#asking.set(analysis, asking);
    }
    if (asking === null) return [];
    const why = `${asking} needs a terminal: run this block in one of its own, pinned to the same target`;
    return [lens("$(terminal) Run in Terminal", why, "podbook.runBlockInTerminal")];
  }

  /** What the blocks before have left to this one; empty where that is nothing. */
  #sessionWords({ uri }: TextDocument): string[] {
    const words = describeSession(this.#parts.sessions.current(uri) ?? emptySession);
    return words === "" ? [] : [`${words}. "Podbook: Reset Session of This Runbook" lets it start afresh.`];
  }

  #commandLenses(
    document: TextDocument,
    followed: FollowedBlock,
    { kind, syntaxErrors, commands }: BlockAnalysis,
    setting: CommandLensSetting,
  ): CodeLens[] {
    if (kind === "not-shell" || syntaxErrors.length > 0) return [];
    const paused = commands[this.#parts.steps.at(followed.key) ?? -1];
    if (paused) return this.#pauseLenses(document, followed, paused.commentLine);
    if (setting === "off" || commands.length < 2) return [];
    const reading = commands.filter(({ effect }) => effect === "read").length;
    if (setting === "auto" && (reading === 0 || reading === commands.length)) return [];
    return commands.map(({ line, commentLine, effect, reasons }, index) => {
      const at = followed.block.line + 1 + commentLine;
      const reads = effect === "read";
      const about = reads ? "Run this command alone. It only reads." : "Run this command alone. It asks first.";
      return new PlanLens(new Range(at, 0, at, 0), document, followed, (known) => ({
        title: reads ? "$(play) Run command" : `$(play) Run command · $(warning) ${reasons[0] ?? effect}`,
        tooltip: shownText([about, "", ...(known?.commands[index] ?? ["The plan is being made"])].join("\n")),
        command: "podbook.runCommand",
        arguments: [document.uri, followed.key, line],
      }));
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
