import manifest from "../../../package.json" with { type: "json" };
import { Connections } from "../../cluster/connections.ts";
import { namedContexts } from "../../plan/blockScript.ts";
import { PlanError } from "../../plan/planError.ts";
import type { ShellParser } from "../../shell/parser.ts";
import { CliError } from "../cliError.ts";
import { printable } from "../printable.ts";
import type { Source } from "../sources.ts";
import type { Terminal } from "../terminal.ts";
import { BlockPreparation } from "./blockPreparation.ts";
import { BlockSequence } from "./blockSequence.ts";
import { BlockValues } from "./blockValues.ts";
import { Questions } from "./questions.ts";
import { RunningBlocks } from "./runningBlocks.ts";
import type { RunAsked } from "./runOptions.ts";
import { pinRunTarget } from "./runTarget.ts";
import { selectBlocks } from "./selectBlocks.ts";

/** What `podbook run` works with. */
export interface RunFileParts {
  readonly asked: RunAsked;
  readonly source: Source;
  readonly parser: ShellParser;
  readonly terminal: Terminal;
}

const defaultPatterns = manifest.contributes.configuration.properties["podbook.protectedContexts"].default;

/**
 * Runs blocks of a file and gives the exit status. Nothing of them is left running when it settles.
 * @throws CliError where a block cannot run, or was not agreed to
 */
export async function runFile({ asked, source, parser, terminal }: RunFileParts): Promise<number> {
  const { outputFd, errorsFd, environment, home, directory, stdin } = terminal;
  const chosen = selectBlocks(source, asked.selection);
  const analyses = chosen.map(({ analysis }) => analysis);
  const values = new BlockValues(asked.values, { directory, home });
  values.requireUsed(analyses);
  const pinned = await pinRunTarget(asked, [...new Set(analyses.flatMap(namedContexts))], terminal);
  const connections = new Connections();
  const running = new RunningBlocks(terminal, (pin, name) => connections.get(pin, name), asked.output === "raw");
  const { signal, writer, executor } = running;
  const say = (text: string) => running.say(text);
  const questions = terminal.interactive && source.path !== null ? new Questions(stdin, say, signal) : null;
  const { timeout } = asked;
  const preparation = new BlockPreparation({
    ...{ source, parser, pinned, connections, values, questions, environment, timeout, signal },
  });
  const sequence = new BlockSequence({
    asked: { ...asked, protectedPatterns: [...defaultPatterns, ...asked.protectedPatterns] },
    ...{ preparation, executor, questions, say, signal },
    places: { writer, outputFd, errorsFd },
  });
  try {
    const status = await sequence.run(chosen);
    return running.stoppedStatus() ?? status;
  } catch (error) {
    const status = running.stoppedStatus();
    if (status !== undefined) return status;
    throw error instanceof PlanError ? new CliError("not-run", printable(error.message)) : error;
  } finally {
    questions?.close();
    await running.close();
  }
}
