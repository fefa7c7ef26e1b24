import { commands, type Disposable, type TextEditor, window, workspace } from "vscode";
import type { OpenRunbooks } from "./lens/openRunbooks.ts";

/** Keeps the context key `podbook.inRunbook` true while the active editor shows a runbook, for the key bindings. */
export function followRunbookContext(runbooks: OpenRunbooks, onProblem: (error: unknown) => void): Disposable[] {
  const update = (editor: TextEditor | undefined) => {
    const document = editor?.document;
    const inRunbook = document?.languageId === "markdown" && runbooks.blocks(document).length > 0;
    commands.executeCommand("setContext", "podbook.inRunbook", inRunbook).then(undefined, onProblem);
  };
  // The first reading of a runbook is the slowest; what was registered before is told to the editor meanwhile.
  const first = setImmediate(() => update(window.activeTextEditor));
  return [
    { dispose: () => clearImmediate(first) },
    window.onDidChangeActiveTextEditor(update),
    workspace.onDidChangeTextDocument(({ document }) => {
      if (document === window.activeTextEditor?.document) update(window.activeTextEditor);
    }),
  ];
}
