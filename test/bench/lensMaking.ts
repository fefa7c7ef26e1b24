import { registerHooks } from "node:module";
import type { TextDocument } from "vscode";
import type { ShellParser } from "../../src/shell/parser.ts";
import type { RunPreparation } from "../../src/ui/runPreparation.ts";

const standIn = new URL("./vscodeStandIn.ts", import.meta.url).href;
registerHooks({
  resolve: (specifier, context, next) =>
    specifier === "vscode" ? { url: standIn, shortCircuit: true } : next(specifier, context),
});
const { BlockEffects } = await import("../../src/ui/lens/blockEffects.ts");
const { BlockLenses } = await import("../../src/ui/lens/blockLenses.ts");
const { BlockRuns } = await import("../../src/ui/lens/blockRuns.ts");
const { FirstLenses } = await import("../../src/ui/lens/firstLenses.ts");
const { OpenRunbooks } = await import("../../src/ui/lens/openRunbooks.ts");
const { PausedSteps } = await import("../../src/ui/lens/pausedSteps.ts");
const { RunbookSessions } = await import("../../src/ui/runbookSessions.ts");
const { ShellAnalysis } = await import("../../src/ui/shellAnalysis.ts");

/** Makes the lenses of a document's text: those that VS Code would be given for it. Gives how many they are. */
export type LensMaker = (text: string) => number;

/**
 * The extension's own lens provider in plain Node, for one document that changes with every text. Without a parser it makes
 * what a newly opened window shows first; with one, the lenses of every command too.
 */
export function lensMaker(parser: ShellParser | null): LensMaker {
  const onProblem = (error: unknown) => {
    throw error;
  };
  const analysis = new ShellAnalysis(() => (parser ? Promise.resolve(parser) : new Promise(() => {})));
  // Lenses ask for no counts before they are seen.
  const effects = new BlockEffects({} as RunPreparation, onProblem);
  const parts = { runbooks: new OpenRunbooks(), blockRuns: new BlockRuns(), analysis, effects };
  const also = { steps: new PausedSteps(), sessions: new RunbookSessions(), onProblem };
  const provider = parser ? new BlockLenses({ ...parts, ...also }) : new FirstLenses(parts.runbooks);
  const uri = { toString: () => "file:///bench.md" };
  let version = 0;
  return (text) => {
    const document = { uri, version: ++version, getText: () => text } as unknown as TextDocument;
    return provider.provideCodeLenses(document).length;
  };
}
