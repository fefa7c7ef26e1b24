import { dirname } from "node:path";
import { FileSystemError, type TextDocument, type Uri, workspace } from "vscode";
import { ClusterError } from "../../cluster/clusterError.ts";
import type { ExpectedTarget, LintInput } from "../../lint/lintInput.ts";
import { filesToCheck, lintRunbook } from "../../lint/lintRunbook.ts";
import type { Problem } from "../../lint/problem.ts";
import type { Runbook } from "../../runbook/runbook.ts";
import { SamplePaths } from "../prompts/pickFolder.ts";
import type { RunbookTargets } from "../runbookTargets.ts";
import { samplePaths } from "../settings.ts";
import type { ShellAnalysis } from "../shellAnalysis.ts";

/** What linting a document takes. */
export interface LintParts {
  /** The runbook that a document is now. */
  readonly runbook: (document: TextDocument) => Runbook;
  readonly analysis: ShellAnalysis;
  readonly targets: RunbookTargets;
}

/** The problems of a document as it is now; none where it has no shell block. */
export async function lintDocument(document: TextDocument, parts: LintParts): Promise<Problem[]> {
  const text = document.getText();
  const runbook = parts.runbook(document);
  if (runbook.blocks.length === 0) return [];
  const analyses = [];
  for (const block of runbook.blocks) analyses.push(await parts.analysis.analyse(block.text, block.language));
  const input: LintInput = {
    text,
    runbook,
    analyses,
    directory: document.uri.scheme === "file" ? withSlashes(dirname(document.uri.fsPath)) : null,
    root: withSlashes(workspace.getWorkspaceFolder(document.uri)?.uri.fsPath ?? null),
    target: await expectedTarget(document.uri, parts.targets),
    paths: mappedPaths(),
  };
  return lintRunbook(input, { exists: await existing(filesToCheck(input), document.uri) });
}

/** The address of a file that the lint names, on the machine where the document is. */
export function fileUri(path: string, beside: Uri): Uri {
  return beside.with({ path: path.startsWith("/") ? path : `/${path}`, query: "", fragment: "" });
}

/** Nothing is expected where the target is open, or cannot be read: a run says why. */
async function expectedTarget(document: Uri, targets: RunbookTargets): Promise<ExpectedTarget> {
  try {
    return (await targets.known(document)) ?? { context: null, namespace: null };
  } catch (error) {
    if (error instanceof ClusterError) return { context: null, namespace: null };
    throw error;
  }
}

function mappedPaths(): Record<string, string> {
  const folders = new SamplePaths();
  const names = Object.keys(samplePaths());
  return Object.fromEntries(
    names.flatMap((name) => {
      const folder = withSlashes(folders.mapped(name) ?? null);
      return folder === null ? [] : [[name, folder]];
    }),
  );
}

async function existing(paths: readonly string[], beside: Uri): Promise<Set<string>> {
  const found = await Promise.all(paths.map(async (path) => ((await exists(fileUri(path, beside))) ? [path] : [])));
  return new Set(found.flat());
}

async function exists(uri: Uri): Promise<boolean> {
  try {
    await workspace.fs.stat(uri);
    return true;
  } catch (error) {
    if (error instanceof FileSystemError) return false;
    throw error;
  }
}

function withSlashes<Path extends string | null>(path: Path): Path | string {
  return path === null ? path : path.replaceAll("\\", "/");
}
