import {
  CodeAction,
  type CodeActionContext,
  CodeActionKind,
  type CodeActionProvider,
  type Range,
  type TextDocument,
  WorkspaceEdit,
} from "vscode";
import type { Fix, Problem, RuleName } from "../../lint/problem.ts";
import { suppressionFix } from "../../lint/suppressionFix.ts";
import type { Runbook } from "../../runbook/runbook.ts";
import { fileUri } from "./lintDocument.ts";
import { type RunbookDiagnostics, rangeOf } from "./runbookDiagnostics.ts";

/** Rules whose first fix needs no thought: VS Code offers it first, and applies it with others of its kind. */
const mechanical: ReadonlySet<RuleName> = new Set<RuleName>(["deprecated-kubectl", "not-shell"]);

/** The quick fixes of the problems at the cursor. */
export class LintFixes implements CodeActionProvider {
  static readonly kinds = [CodeActionKind.QuickFix];
  readonly #diagnostics: RunbookDiagnostics;
  readonly #runbook: (document: TextDocument) => Runbook;

  constructor(diagnostics: RunbookDiagnostics, runbook: (document: TextDocument) => Runbook) {
    this.#diagnostics = diagnostics;
    this.#runbook = runbook;
  }

  provideCodeActions(document: TextDocument, range: Range, context: CodeActionContext): CodeAction[] {
    const problems = this.#diagnostics.problems(document).filter((problem) => rangeOf(problem).intersection(range));
    return problems.flatMap((problem) => {
      const shown = context.diagnostics.filter(
        ({ source, code, range: place }) =>
          source === "podbook" && code === problem.rule && place.isEqual(rangeOf(problem)),
      );
      const actions = this.#fixes(document, problem).map((fix) => action(document, fix));
      const [first] = actions;
      if (first && problem.fixes.length > 0) first.isPreferred = mechanical.has(problem.rule);
      for (const one of actions) one.diagnostics = shown;
      return actions;
    });
  }

  #fixes(document: TextDocument, problem: Problem): Fix[] {
    const opening = this.#runbook(document).blocks.find(
      ({ line, endLine }) => line <= problem.line && problem.line <= endLine,
    );
    const silence = opening ? suppressionFix(problem.rule, opening.line, document.lineAt(opening.line).text) : null;
    return [...problem.fixes, ...(silence ? [silence] : [])];
  }
}

function action(document: TextDocument, { title, edits, creates }: Fix): CodeAction {
  const made = new CodeAction(title, CodeActionKind.QuickFix);
  made.edit = new WorkspaceEdit();
  for (const edit of edits) made.edit.replace(document.uri, rangeOf(edit), edit.newText);
  if (creates) {
    const uri = fileUri(creates.path, document.uri);
    made.edit.createFile(uri, { ignoreIfExists: true, contents: new TextEncoder().encode(creates.content) });
    made.command = { title: "Open", command: "vscode.open", arguments: [uri] };
  }
  return made;
}
