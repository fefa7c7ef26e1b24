import {
  Diagnostic,
  DiagnosticSeverity,
  type Disposable,
  languages,
  Range,
  type TextDocument,
  window,
  workspace,
} from "vscode";
import type { Place, Problem, Severity } from "../../lint/problem.ts";
import { type LintParts, lintDocument } from "./lintDocument.ts";

/** Schemes of documents that are other versions of a file: what is wrong with them is said of the file. */
const otherVersions: ReadonlySet<string> = new Set(["git", "podbook-proposal"]);

/** How long an edited document must rest before it is linted again, in ms. */
const restMs = 300;

const severities: Readonly<Record<Severity, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  info: DiagnosticSeverity.Information,
};

interface Known {
  readonly version: number;
  readonly problems: readonly Problem[];
}

/** The problems of the open runbooks in the Problems view and in the text, kept up to date while they are edited. */
export class RunbookDiagnostics {
  readonly #parts: LintParts;
  readonly #onProblem: (error: unknown) => void;
  readonly #collection = languages.createDiagnosticCollection("podbook");
  readonly #known = new Map<string, Known>();
  readonly #waiting = new Map<string, NodeJS.Timeout>();
  readonly #listeners: readonly Disposable[];

  constructor(parts: LintParts, onProblem: (error: unknown) => void) {
    this.#parts = parts;
    this.#onProblem = onProblem;
    const all = () => this.refresh();
    this.#listeners = [
      workspace.onDidOpenTextDocument((document) => this.#lintSoon(document)),
      workspace.onDidChangeTextDocument(({ document }) => this.#lintSoon(document)),
      workspace.onDidSaveTextDocument(all),
      workspace.onDidCloseTextDocument((document) => this.#forget(document)),
      workspace.onDidCreateFiles(all),
      workspace.onDidDeleteFiles(all),
      workspace.onDidRenameFiles(all),
      window.onDidChangeActiveTextEditor((editor) => editor && this.#lintSoon(editor.document)),
      parts.targets.onDidChange(all),
    ];
    this.refresh();
  }

  /** Lints all open runbooks anew, as when settings or files have changed. */
  refresh(): void {
    for (const document of workspace.textDocuments) this.#lintSoon(document);
  }

  /** The problems of a document as it is now; none where it was edited since they were found. */
  problems(document: TextDocument): readonly Problem[] {
    const known = this.#known.get(document.uri.toString());
    return known?.version === document.version ? known.problems : [];
  }

  dispose(): void {
    for (const listener of this.#listeners) listener.dispose();
    for (const timer of this.#waiting.values()) clearTimeout(timer);
    this.#waiting.clear();
    this.#collection.dispose();
  }

  #lintSoon(document: TextDocument): void {
    if (document.languageId !== "markdown" || otherVersions.has(document.uri.scheme)) return;
    const uri = document.uri.toString();
    clearTimeout(this.#waiting.get(uri));
    const lint = () => {
      this.#waiting.delete(uri);
      this.#lint(document).catch(this.#onProblem);
    };
    this.#waiting.set(uri, setTimeout(lint, restMs));
  }

  async #lint(document: TextDocument): Promise<void> {
    const { version } = document;
    const problems = await lintDocument(document, this.#parts);
    // An edit since then has another lint coming; a closed document has none.
    if (document.isClosed || document.version !== version) return;
    this.#known.set(document.uri.toString(), { version, problems });
    this.#collection.set(document.uri, problems.map(diagnostic));
  }

  #forget(document: TextDocument): void {
    const uri = document.uri.toString();
    clearTimeout(this.#waiting.get(uri));
    this.#waiting.delete(uri);
    this.#known.delete(uri);
    this.#collection.delete(document.uri);
  }
}

/** A stretch of a document as VS Code writes it. */
export function rangeOf({ line, column, endLine, endColumn }: Place): Range {
  return new Range(line, column, endLine, endColumn);
}

function diagnostic(problem: Problem): Diagnostic {
  const shown = new Diagnostic(rangeOf(problem), problem.message, severities[problem.severity]);
  shown.source = "podbook";
  shown.code = problem.rule;
  return shown;
}
