import { type TextDocument, window } from "vscode";

/** The Markdown document of the active editor. */
export function activeRunbook(): TextDocument | undefined {
  const document = window.activeTextEditor?.document;
  return document?.languageId === "markdown" ? document : undefined;
}
