import { stat } from "node:fs/promises";
import { resolve, sep } from "node:path";
import { setImmediate } from "node:timers/promises";
import {
  type CancellationToken,
  DocumentLink,
  type DocumentLinkProvider,
  Range,
  type TextDocument,
  Uri,
  workspace,
} from "vscode";
import { type FoundLink, LinkFinder } from "./findLinks.ts";

/** Links are looked for in so many lines at the end of a document. */
const mostLines = 5000;
/** So many lines are looked at before others have their turn. */
const linesAtOnce = 500;
/** So many files are asked for at a time of looking. */
const mostFiles = 300;
/** So long it is not asked again whether a file exists, in ms. */
const trustMs = 10_000;

/** The working directory of a run. */
export type RunDirectory = (document: TextDocument, run: number | null) => Promise<string | undefined>;

/** Links in the output panel and in opened outputs: pods, files, and what was left out. URLs are VS Code's own. */
export class OutputLinks implements DocumentLinkProvider {
  readonly #directory: RunDirectory;
  readonly #files = new Map<string, { readonly exists: Promise<boolean>; readonly at: number }>();

  constructor(directory: RunDirectory) {
    this.#directory = directory;
  }

  async provideDocumentLinks(document: TextDocument, token: CancellationToken): Promise<DocumentLink[]> {
    const links: DocumentLink[] = [];
    const asked = new Set<string>();
    for (const found of (await this.#find(document, token)).reverse()) {
      if (token.isCancellationRequested) return [];
      const target = await this.#target(document, found, asked);
      if (!target) continue;
      const range = new Range(found.line, found.start, found.line, found.end);
      const link = new DocumentLink(range, target.uri);
      link.tooltip = target.tooltip;
      links.push(link);
    }
    return links;
  }

  /** What could be links at the end of a document, the first ones first. */
  async #find(document: TextDocument, token: CancellationToken): Promise<FoundLink[]> {
    const finder = new LinkFinder();
    const found: FoundLink[] = [];
    const { lineCount, version } = document;
    const first = Math.max(0, lineCount - mostLines);
    for (let line = first; line < lineCount; line++) {
      if ((line - first) % linesAtOnce === linesAtOnce - 1) await setImmediate();
      if (token.isCancellationRequested || document.version !== version) return [];
      found.push(...finder.next(document.lineAt(line).text, line));
    }
    return found;
  }

  async #target(document: TextDocument, { to, run }: FoundLink, asked: Set<string>) {
    if (to.kind === "pod") {
      return { uri: commandUri("podbook.revealPod", to.name), tooltip: "Show this pod in the Pods view" };
    }
    if (to.kind === "full-output") {
      return run === null ? undefined : { uri: commandUri("podbook.openFullOutput", run), tooltip: "Open all of it" };
    }
    const directory = await this.#directory(document, run);
    const path = directory && resolve(directory, to.path);
    if (!path || ![directory, ...workspaceFolders()].some((folder) => isInside(path, folder))) return undefined;
    asked.add(path);
    if (asked.size > mostFiles || !(await this.#exists(path))) return undefined;
    const fragment = to.line === null ? "" : `L${to.line}${to.column === null ? "" : `,${to.column}`}`;
    return { uri: Uri.file(path).with({ fragment }), tooltip: "Open this file" };
  }

  #exists(path: string): Promise<boolean> {
    const known = this.#files.get(path);
    if (known && Date.now() - known.at < trustMs) return known.exists;
    if (this.#files.size > 10 * mostFiles) this.#files.clear();
    const exists = stat(path).then(
      (found) => found.isFile(),
      // Whatever keeps the file from being seen, a link to it would not open.
      () => false,
    );
    this.#files.set(path, { exists, at: Date.now() });
    return exists;
  }
}

/** Our own commands with an argument that was checked: a number, or the name of a pod. */
function commandUri(command: "podbook.revealPod" | "podbook.openFullOutput", argument: string | number): Uri {
  return Uri.parse(`command:${command}?${encodeURIComponent(JSON.stringify([argument]))}`);
}

function workspaceFolders(): string[] {
  return (workspace.workspaceFolders ?? []).map((folder) => folder.uri.fsPath);
}

/** A path that output names is only followed inside the run's own places: the rest of the machine is none of its business. */
function isInside(path: string, folder: string): boolean {
  return path.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}
