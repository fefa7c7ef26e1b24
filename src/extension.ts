import { type ExtensionContext, languages, window, workspace } from "vscode";
import { AllLenses } from "./ui/lens/allLenses.ts";
import { FirstLenses } from "./ui/lens/firstLenses.ts";
import { OpenRunbooks } from "./ui/lens/openRunbooks.ts";
import { ScenarioLenses } from "./ui/lens/scenarioLenses.ts";

const markdown = { language: "markdown" };
let endAllRuns: (() => Promise<unknown>) | undefined;

/** Shows the first lenses of an open runbook, and then loads all the rest; everything that lives on is disposed with the extension. */
export async function activate(context: ExtensionContext): Promise<void> {
  const log = window.createOutputChannel("Podbook Log", { log: true });
  const onProblem = (error: unknown) => log.error(error instanceof Error ? error : String(error));
  const runbooks = new OpenRunbooks();
  const lenses = new AllLenses(onProblem);
  const first = new FirstLenses(runbooks);
  const scenarios = new ScenarioLenses(runbooks);
  const untilMore = lenses.add(first);
  lenses.add(scenarios);
  context.subscriptions.push(log, first, lenses, languages.registerCodeLensProvider(markdown, lenses));
  const open = workspace.textDocuments.filter(({ languageId }) => languageId === markdown.language);
  // VS Code waits before it asks a new provider: once it knows of this one, which it is told by a timer too, time is left to read.
  setTimeout(() => {
    for (const document of open) runbooks.runbook(document);
  });
  if (open.length > 0) await first.drawn;
  const { startFeatures } = await import("./ui/features.ts");
  endAllRuns = await startFeatures({ context, runbooks, lenses, untilMore, log, onProblem });
}

/** Ends every process that a run started, before the editor goes. */
export async function deactivate(): Promise<void> {
  await endAllRuns?.();
}
