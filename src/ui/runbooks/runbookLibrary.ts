import { type Disposable, EventEmitter, type Uri, workspace } from "vscode";
import type { OpenRunbooks } from "../lens/openRunbooks.ts";
import { readWorkspaceRunbook, type WorkspaceRunbook, workspaceRunbooks } from "./workspaceRunbooks.ts";

/** Changes of files and of unsaved text within this time are read together, in ms. */
const gatherMs = 500;

/** The runbooks of the workspace, kept as they are in their files, or unsaved in an editor. */
export class RunbookLibrary implements Disposable {
  readonly #patterns: () => readonly string[];
  readonly #open: OpenRunbooks;
  readonly #onProblem: (error: unknown) => void;
  readonly #changed = new EventEmitter<void>();
  /** The runbooks have been read anew. */
  readonly onDidChange = this.#changed.event;
  readonly #runbooks = new Map<string, WorkspaceRunbook>();
  readonly #dirty = new Map<string, Uri>();
  #listeners: readonly Disposable[] = [];
  #timer: NodeJS.Timeout | undefined;
  #begun = false;

  constructor(patterns: () => readonly string[], open: OpenRunbooks, onProblem: (error: unknown) => void) {
    this.#patterns = patterns;
    this.#open = open;
    this.#onProblem = onProblem;
  }

  /** In the order of their paths; none before `start` has read them. */
  get runbooks(): WorkspaceRunbook[] {
    return [...this.#runbooks].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, runbook]) => runbook);
  }

  /** Begins to follow the files; does nothing when it has begun already. */
  start(): void {
    if (this.#begun) return;
    this.#begun = true;
    this.#follow();
  }

  /** Begins anew with the patterns as they are now, where it has begun at all. */
  restart(): void {
    if (!this.#begun) return;
    this.#end();
    this.#runbooks.clear();
    this.#follow();
  }

  dispose(): void {
    this.#end();
    this.#changed.dispose();
  }

  #follow(): void {
    const patterns = this.#patterns();
    const watchers = patterns.map((pattern) => workspace.createFileSystemWatcher(pattern));
    this.#listeners = [
      ...watchers,
      ...watchers.flatMap((watcher) => [
        watcher.onDidCreate((uri) => this.#mark(uri)),
        watcher.onDidChange((uri) => this.#mark(uri)),
        watcher.onDidDelete((uri) => this.#mark(uri)),
      ]),
      workspace.onDidChangeTextDocument(({ document }) => {
        if (this.#runbooks.has(document.uri.toString())) this.#mark(document.uri);
      }),
    ];
    const listeners = this.#listeners;
    workspaceRunbooks(patterns, this.#open)
      .then((found) => {
        if (this.#listeners !== listeners) return;
        for (const one of found) this.#runbooks.set(one.uri.toString(), one);
        this.#changed.fire();
      })
      .catch(this.#onProblem);
  }

  #mark(uri: Uri): void {
    this.#dirty.set(uri.toString(), uri);
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#readDirty().catch(this.#onProblem);
    }, gatherMs);
  }

  async #readDirty(): Promise<void> {
    const uris = [...this.#dirty.values()];
    this.#dirty.clear();
    const listeners = this.#listeners;
    const read = await Promise.all(
      uris.map(async (uri) => ({ uri, found: await readWorkspaceRunbook(uri, this.#open) })),
    );
    if (this.#listeners !== listeners) return;
    for (const { uri, found } of read) {
      if (found) this.#runbooks.set(uri.toString(), found);
      else this.#runbooks.delete(uri.toString());
    }
    this.#changed.fire();
  }

  #end(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#dirty.clear();
    for (const listener of this.#listeners) listener.dispose();
    this.#listeners = [];
  }
}
