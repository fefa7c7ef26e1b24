import { EventEmitter } from "vscode";
import { analyseBlock } from "../shell/analyseBlock.ts";
import type { BlockAnalysis } from "../shell/analysis.ts";
import type { ShellParser } from "../shell/parser.ts";
import { effectRows } from "./settings.ts";

/** So many analyses are kept at least: those of several long runbooks. */
const kept = 5000;

/** Analyses by language and text. A text that was seen before is the same string, and is found without being hashed anew. */
type Analyses = Map<string, Map<string, BlockAnalysis>>;

/** The analyses of the blocks of this window. The parser is loaded when the first block is looked at. */
export class ShellAnalysis {
  readonly #load: () => Promise<ShellParser>;
  #known: Analyses = new Map();
  /** What was known before there was too much of it, for blocks that are still there. */
  #older: Analyses = new Map();
  #count = 0;
  readonly #loaded = new EventEmitter<void>();
  /** The parser is there from now on: what was not known before can be asked again. */
  readonly onDidLoad = this.#loaded.event;
  #parser: ShellParser | undefined;
  #loading: Promise<ShellParser> | undefined;
  #asked = false;

  constructor(load: () => Promise<ShellParser>) {
    this.#load = load;
  }

  /** The analysis of a block, once the parser is loaded. */
  async analyse(text: string, language: string): Promise<BlockAnalysis> {
    return this.#analyse(await this.#parserNow(), text, language);
  }

  /** The analysis of a block where the parser is loaded already; else undefined, and `onDidLoad` tells when to ask again. */
  known(text: string, language: string): BlockAnalysis | undefined {
    return this.#parser ? this.#analyse(this.#parser, text, language) : undefined;
  }

  /** Loads the parser for those who ask what is known. */
  load(onProblem: (error: unknown) => void): void {
    if (this.#asked) return;
    this.#asked = true;
    this.#parserNow().catch(onProblem);
  }

  /** Forgets what was known, as when the table of effects has changed. */
  forget(): void {
    this.#known = new Map();
    this.#older = new Map();
    this.#count = 0;
  }

  dispose(): void {
    this.#loaded.dispose();
  }

  #parserNow(): Promise<ShellParser> {
    this.#loading ??= this.#load().then((parser) => {
      this.#parser = parser;
      this.#loaded.fire();
      return parser;
    });
    return this.#loading;
  }

  #analyse(parser: ShellParser, text: string, language: string): BlockAnalysis {
    const known = this.#known.get(language)?.get(text);
    if (known) return known;
    const analysis = this.#older.get(language)?.get(text) ?? analyseBlock(text, language, parser, effectRows());
    if (this.#count >= kept) {
      this.#older = this.#known;
      this.#known = new Map();
      this.#count = 0;
    }
    const sameLanguage = this.#known.get(language) ?? new Map<string, BlockAnalysis>();
    this.#known.set(language, sameLanguage.set(text, analysis));
    this.#count++;
    return analysis;
  }
}
