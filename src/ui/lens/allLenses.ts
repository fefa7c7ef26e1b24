import {
  type CodeLens,
  type CodeLensProvider,
  type Disposable,
  type Event,
  EventEmitter,
  type TextDocument,
} from "vscode";

/** What makes lenses of one kind. */
export interface LensProvider {
  provideCodeLenses(document: TextDocument): CodeLens[];
  resolveCodeLens?(lens: CodeLens): CodeLens;
  readonly onDidChangeCodeLenses?: Event<void>;
}

/**
 * All lenses of Podbook as one provider: whenever a provider comes or goes, VS Code takes all lenses of an editor away and
 * waits before it draws them anew.
 */
export class AllLenses implements CodeLensProvider, Disposable {
  readonly #onProblem: (error: unknown) => void;
  readonly #changed = new EventEmitter<void>();
  readonly onDidChangeCodeLenses = this.#changed.event;
  readonly #providers = new Map<LensProvider, Disposable | undefined>();
  readonly #makers = new WeakMap<CodeLens, LensProvider>();
  #telling = false;

  constructor(onProblem: (error: unknown) => void) {
    this.#onProblem = onProblem;
  }

  /** Shows what these make too, until the result is disposed. Their owner disposes the providers themselves. */
  add(...providers: readonly LensProvider[]): Disposable {
    for (const provider of providers) {
      this.#providers.set(
        provider,
        provider.onDidChangeCodeLenses?.(() => this.#tell()),
      );
    }
    this.#tell();
    const remove = () => {
      for (const provider of providers) {
        this.#providers.get(provider)?.dispose();
        this.#providers.delete(provider);
      }
      this.#tell();
    };
    return { dispose: remove };
  }

  provideCodeLenses(document: TextDocument): CodeLens[] {
    return [...this.#providers.keys()].flatMap((provider) => {
      const lenses = this.#made(provider, document);
      for (const lens of lenses) this.#makers.set(lens, provider);
      return lenses;
    });
  }

  resolveCodeLens(lens: CodeLens): CodeLens {
    return this.#makers.get(lens)?.resolveCodeLens?.(lens) ?? lens;
  }

  dispose(): void {
    for (const listener of this.#providers.values()) listener?.dispose();
    this.#providers.clear();
    this.#changed.dispose();
  }

  /** One kind that cannot be made must not take the others with it. */
  #made(provider: LensProvider, document: TextDocument): CodeLens[] {
    try {
      return provider.provideCodeLenses(document);
    } catch (error) {
      this.#onProblem(error);
      return [];
    }
  }

  /** What changes at once is told once. */
  #tell(): void {
    if (this.#telling) return;
    this.#telling = true;
    queueMicrotask(() => {
      this.#telling = false;
      this.#changed.fire();
    });
  }
}
