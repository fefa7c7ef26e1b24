import { EventEmitter } from "vscode";
import { analyseBlock } from "../shell/analyseBlock.ts";
import type { BlockAnalysis } from "../shell/analysis.ts";
import type { ShellParser } from "../shell/parser.ts";
import { effectRows } from "./settings.ts";

/** Blocks are few and edited one at a time; this keeps those of several long runbooks. */
const most = 2000;

/** The analyses of the blocks of this window. The parser is loaded when the first block is looked at. */
export class ShellAnalysis {
  readonly #load: () => Promise<ShellParser>;
  readonly #known = new Map<string, BlockAnalysis>();
  readonly #loaded = new EventEmitter<void>();
  /** The parser is there from now on: what was not known before can be asked again. */
  readonly onDidLoad = this.#loaded.event;
  #parser: ShellParser | undefined;
  #loading: Promise<ShellParser> | undefined;

  constructor(load: () => Promise<ShellParser>) {
    this.#load = load;
  }

  /** The analysis of a block, once the parser is loaded. */
  async analyse(text: string, language: string): Promise<BlockAnalysis> {
    this.#loading ??= this.#load().then((parser) => {
      this.#parser = parser;
      this.#loaded.fire();
      return parser;
    });
    return this.#analyse(await this.#loading, text, language);
  }

  /** The analysis of a block where the parser is loaded already; else undefined, and `onDidLoad` tells when to ask again. */
  analyseNow(text: string, language: string, onProblem: (error: unknown) => void): BlockAnalysis | undefined {
    if (this.#parser) return this.#analyse(this.#parser, text, language);
    if (!this.#loading) this.analyse(text, language).catch(onProblem);
    return undefined;
  }

  /** Forgets what was known, as when the table of effects has changed. */
  forget(): void {
    this.#known.clear();
  }

  dispose(): void {
    this.#loaded.dispose();
  }

  #analyse(parser: ShellParser, text: string, language: string): BlockAnalysis {
    const key = `${language}\n${text}`;
    const analysis = this.#known.get(key) ?? analyseBlock(text, language, parser, effectRows());
    if (this.#known.size >= most) this.#known.clear();
    this.#known.set(key, analysis);
    return analysis;
  }
}
