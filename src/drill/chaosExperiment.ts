import type { ActionScript } from "../recovery/actions.ts";
import { lines } from "../recovery/verdict.ts";
import { quoteWord } from "../shell/quote.ts";

/** The tools whose experiments Podbook knows, by the API groups of their kinds. */
export const chaosGroups = { "chaos-mesh.org": "Chaos Mesh", "litmuschaos.io": "LitmusChaos" } as const;
export type ChaosGroup = keyof typeof chaosGroups;

/** How an experiment is: it breaks things, waits to be started, or has done what it had to do. */
export type ChaosState = "running" | "paused" | "finished";

/** An experiment of Chaos Mesh or LitmusChaos. */
export interface ChaosExperiment {
  readonly group: ChaosGroup;
  /** As the API writes it: `PodChaos`. */
  readonly kind: string;
  /** Plural, as command lines name it. */
  readonly plural: string;
  readonly name: string;
  readonly namespace: string;
  readonly state: ChaosState;
}

/** What can be done with an experiment: `end` deletes it, after which only its file can start it again. */
export type ChaosStep = "start" | "halt" | "end";

const pauseAnnotation = "experiment.chaos-mesh.org/pause";
const stepWords: Readonly<Record<ChaosStep, string>> = { start: "Start", halt: "Halt", end: "Delete" };

/** Whether an annotation pauses an experiment of Chaos Mesh. */
export function isPaused(annotations: Readonly<Record<string, string>>): boolean {
  return annotations[pauseAnnotation] === "true";
}

/** The steps that make sense as the experiment is. A workflow of Chaos Mesh knows no pause. */
export function chaosSteps({ state, kind }: ChaosExperiment): ChaosStep[] {
  if (kind === "Workflow") return ["end"];
  return [state === "running" ? "halt" : "start", "end"];
}

/** A step as the command that a person could have typed. */
export function chaosStepScript(step: ChaosStep, experiment: ChaosExperiment): ActionScript {
  const { kind, name } = experiment;
  return { title: `${stepWords[step]} ${kind} ${name}`, script: lines(stepCommand(step, experiment)) };
}

/**
 * The commands that end what experiments break now, for an emergency: they are halted, and stay to be looked at. Where they
 * could not be listed (null), the command says so and fails.
 */
export function haltCommands(experiments: readonly ChaosExperiment[] | null): string[] {
  if (experiments === null)
    return ['{ echo "The chaos experiments could not be listed: some may go on." >&2; false; }'];
  return experiments
    .filter(({ state }) => state === "running")
    .map((one) => stepCommand(one.kind === "Workflow" ? "end" : "halt", one));
}

/** `kubectl create` of a file with experiments, which begin at once. */
export function createChaosScript(file: string, namespace: string): ActionScript {
  const script = lines(`kubectl create -n ${quoteWord(namespace)} -f ${quoteWord(file)}`);
  return { title: "Create chaos experiments", script };
}

function stepCommand(step: ChaosStep, { group, plural, name, namespace }: ChaosExperiment): string {
  const words = `${quoteWord(`${plural}.${group}/${name}`)} -n ${quoteWord(namespace)}`;
  if (step === "end") return `kubectl delete ${words}`;
  if (group === "chaos-mesh.org") {
    return `kubectl annotate ${words} --overwrite ${pauseAnnotation}${step === "halt" ? "=true" : "-"}`;
  }
  const body = JSON.stringify({ spec: { engineState: step === "halt" ? "stop" : "active" } });
  return `kubectl patch ${words} --type=merge -p ${quoteWord(body)}`;
}
