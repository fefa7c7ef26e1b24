import { quoteWord } from "../shell/quote.ts";
import type { ActionScript, ChangeScript, WorkloadName } from "./actions.ts";
import { lines, startClock, verdict } from "./verdict.ts";

/** How long a drain waits for budgets and pods, in s. */
const drainSeconds = 300;

/** What is noted of a node before it is changed. */
export interface NodeNote {
  readonly name: string;
  readonly cordoned: boolean;
}

/** `kubectl cordon`: new pods go elsewhere. */
export function cordonScript(node: NodeNote): ChangeScript {
  const cannot = `${node.name} was cordoned before`;
  return { ...scheduling("cordon", node.name), undo: node.cordoned ? { cannot } : scheduling("uncordon", node.name) };
}

/** `kubectl uncordon`: pods may come to it again. */
export function uncordonScript(node: NodeNote): ChangeScript {
  const cannot = `${node.name} was not cordoned before`;
  return { ...scheduling("uncordon", node.name), undo: node.cordoned ? scheduling("cordon", node.name) : { cannot } };
}

/**
 * `kubectl drain`, which respects disruption budgets and does not touch pods whose data would be lost (emptyDir) or that
 * nothing makes anew; kubectl names them. `workloads` have pods there, and are followed until they are whole again.
 */
export function drainScript(node: NodeNote, workloads: readonly WorkloadName[]): ChangeScript {
  const drain = `kubectl drain ${quoteWord(node.name)} --ignore-daemonsets --timeout=${drainSeconds}s || exit`;
  const cannot = `${node.name} was cordoned before, and pods that were evicted do not move back`;
  return {
    title: `Drain node ${node.name}`,
    script: lines(startClock, drain, ...workloads.flatMap(verdict)),
    undo: node.cordoned ? { cannot } : scheduling("uncordon", node.name),
  };
}

function scheduling(verb: "cordon" | "uncordon", node: string): ActionScript {
  const word = quoteWord(node);
  return {
    title: `${verb === "cordon" ? "Cordon" : "Uncordon"} node ${node}`,
    script: lines(`kubectl ${verb} ${word} || exit`, `kubectl get node ${word}`),
  };
}
