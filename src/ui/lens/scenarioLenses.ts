import { CodeLens, type CodeLensProvider, Range, type TextDocument } from "vscode";
import type { OpenRunbooks } from "./openRunbooks.ts";

/** Over the heading of each scenario with blocks: run them all, one after the other. */
export class ScenarioLenses implements CodeLensProvider {
  readonly #runbooks: OpenRunbooks;

  constructor(runbooks: OpenRunbooks) {
    this.#runbooks = runbooks;
  }

  provideCodeLenses(document: TextDocument): CodeLens[] {
    const { scenarios, blocks } = this.#runbooks.runbook(document);
    return scenarios.flatMap(({ line, endLine }) => {
      const count = blocks.filter((block) => line <= block.line && block.line <= endLine).length;
      if (count === 0) return [];
      const command = {
        title: `$(run-all) Run scenario · ${count} ${count === 1 ? "block" : "blocks"}`,
        tooltip: "Run the blocks of this scenario one after the other; it stops at the first that fails",
        command: "podbook.runScenario",
        arguments: [document.uri, line],
      };
      return [new CodeLens(new Range(line, 0, line, 0), command)];
    });
  }
}
