import { Hover, type HoverProvider, MarkdownString, type Position, Range, type TextDocument } from "vscode";
import { describeOne } from "../../plan/preview.ts";
import type { RunPreparation } from "../runPreparation.ts";
import { shownText } from "../shownText.ts";
import type { OpenRunbooks } from "./openRunbooks.ts";

/** Shows over a command of a block what would happen: where it runs, what it does, and what it hits. */
export class PlanHovers implements HoverProvider {
  readonly #runbooks: OpenRunbooks;
  readonly #preparation: RunPreparation;

  constructor(runbooks: OpenRunbooks, preparation: RunPreparation) {
    this.#runbooks = runbooks;
    this.#preparation = preparation;
  }

  async provideHover(document: TextDocument, position: Position): Promise<Hover | undefined> {
    const followed = this.#runbooks.blockAt(document, position.line);
    const looked = followed && (await this.#preparation.look(document, followed.block));
    if (!looked) return undefined;
    const first = followed.block.line + 1;
    const line = position.line - first;
    const index = looked.plan.commands.findIndex((command) => command.line <= line && line <= command.endLine);
    const command = looked.plan.commands[index];
    if (!command) return undefined;
    const text = shownText(describeOne(looked.plan, looked.preview, index).join("\n"));
    // As a code block: nothing of a runbook or a cluster is taken for Markdown.
    const range = new Range(first + command.line, 0, first + command.endLine, Number.MAX_SAFE_INTEGER);
    return new Hover(new MarkdownString().appendCodeblock(text, "text"), range);
  }
}
