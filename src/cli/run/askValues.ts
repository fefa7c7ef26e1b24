import type { Candidate } from "../../cluster/candidates.ts";
import { ClusterError } from "../../cluster/clusterError.ts";
import type { Connection } from "../../cluster/connection.ts";
import { placeholderNames } from "../../plan/blockScript.ts";
import { placeholderKind } from "../../plan/placeholderKind.ts";
import type { BlockAnalysis } from "../../shell/analysis.ts";
import { CliError } from "../cliError.ts";
import { printable } from "../printable.ts";
import type { BlockValues } from "./blockValues.ts";
import type { Questions } from "./questions.ts";

/** How long the cluster may take until the question is asked without its choices, in ms. */
const patienceMs = 3000;
/** So many choices fit on a terminal; the others can be typed. */
const mostShown = 20;

/** What questions for values are asked with. */
export interface ValueQuestions {
  readonly questions: Questions;
  /** Null where there is no cluster to choose from. */
  readonly connect: (() => Promise<Connection>) | null;
  readonly signal: AbortSignal;
}

/**
 * Asks for the values of a block that are not known yet, with what the cluster has to choose from.
 * @throws CliError `values` where the person leaves a question
 */
export async function askValues(values: BlockValues, analysis: BlockAnalysis, asked: ValueQuestions): Promise<void> {
  for (const name of placeholderNames(analysis)) {
    if (!values.all(analysis).has(name)) await askOne(name, values, analysis, asked);
  }
}

async function askOne(
  name: string,
  values: BlockValues,
  analysis: BlockAnalysis,
  { questions, connect, signal }: ValueQuestions,
): Promise<void> {
  const { candidates, problem } = await candidatesFor(name, connect, signal);
  questions.say(problem + choices(name, candidates));
  const prompt = `${printable(name)} (${candidates.length > 0 ? "a number, or the value itself" : "as it is, without quotes"}): `;
  for (;;) {
    const answer = await questions.ask(prompt);
    if (answer === null) throw new CliError("values", `Not run: ${name} has no value.`);
    const chosen = /^[1-9]\d*$/.test(answer) ? candidates[Number(answer) - 1]?.value : undefined;
    const wrong = values.keep(chosen ?? answer, name, analysis);
    if (wrong === null) return;
    questions.say(`${printable(wrong)}\n`);
  }
}

function choices(name: string, candidates: readonly Candidate[]): string {
  if (candidates.length === 0) return "";
  const shown = candidates.slice(0, mostShown);
  const width = Math.max(...shown.map(({ value }) => value.length));
  const rows = shown.map(({ value, detail, healthy }, index) => {
    const row = `${String(index + 1).padStart(4)}  ${value.padEnd(width)}  ${healthy ? " " : "!"} ${detail}`;
    return printable(row.trimEnd());
  });
  const more = candidates.length - shown.length;
  return [`${printable(name)}:`, ...rows, ...(more > 0 ? [`      … ${more} more`] : []), ""].join("\n");
}

async function candidatesFor(name: string, connect: ValueQuestions["connect"], signal: AbortSignal) {
  if (!connect) return { candidates: [], problem: "" };
  try {
    const within = AbortSignal.any([signal, AbortSignal.timeout(patienceMs)]);
    const candidates = await (await connect()).candidates(placeholderKind(name), within);
    return { candidates, problem: "" };
  } catch (error) {
    // The value can still be typed; the question says why there is nothing to choose from.
    if (error instanceof ClusterError) return { candidates: [], problem: `${printable(error.message)}\n` };
    throw error;
  }
}
