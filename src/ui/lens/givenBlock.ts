import { type TextDocument, Uri, window, workspace } from "vscode";
import type { FollowedBlock } from "../../runbook/followBlocks.ts";
import type { OpenRunbooks } from "./openRunbooks.ts";

/** The block that a lens names by its arguments, the document's URI and the block's key; else the block at the cursor. */
export async function givenBlock(
  runbooks: OpenRunbooks,
  uri: unknown,
  key: unknown,
): Promise<{ document: TextDocument; followed: FollowedBlock } | undefined> {
  const editor = window.activeTextEditor;
  const given = uri instanceof Uri && typeof key === "string";
  const document = given ? await workspace.openTextDocument(uri) : editor?.document;
  if (document?.languageId !== "markdown") return undefined;
  const followed = given
    ? runbooks.block(document, key)
    : runbooks.blockAt(document, editor?.selection.active.line ?? -1);
  return followed && { document, followed };
}
