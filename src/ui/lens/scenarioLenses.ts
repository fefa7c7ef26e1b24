import { CodeLens, Range, type TextDocument } from "vscode";
import type { LensProvider } from "./allLenses.ts";
import type { OpenRunbooks } from "./openRunbooks.ts";

/** Over the heading of each scenario with blocks: run them all, one after the other; or go through them with the clock. */
export class ScenarioLenses implements LensProvider {
  readonly #runbooks: OpenRunbooks;

  constructor(runbooks: OpenRunbooks) {
    this.#runbooks = runbooks;
  }

  provideCodeLenses(document: TextDocument): CodeLens[] {
    const { scenarios, blocks } = this.#runbooks.runbook(document);
    return scenarios.flatMap(({ line, endLine }) => {
      const count = blocks.filter((block) => line <= block.line && block.line <= endLine).length;
      if (count === 0) return [];
      const range = new Range(line, 0, line, 0);
      const args = [document.uri, line];
      return [
        new CodeLens(range, {
          title: `$(run-all) Run scenario · ${count} ${count === 1 ? "block" : "blocks"}`,
          tooltip: "Run the blocks of this scenario one after the other; it stops at the first that fails",
          command: "podbook.runScenario",
          arguments: args,
        }),
        new CodeLens(range, {
          title: "$(compass) Start scenario",
          tooltip: "Go through this scenario step by step, with a clock that measures the recovery",
          command: "podbook.startScenario",
          arguments: args,
        }),
      ];
    });
  }
}
