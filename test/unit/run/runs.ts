import type { Plan, PlannedCommand } from "../../../src/plan/plan.ts";
import type { RunOptions } from "../../../src/run/run.ts";

/** A plan of a script without a cluster. */
export function planOf(script: string, more: Partial<Plan> = {}): Plan {
  const nothing = { target: null, commands: [], effect: "read", timeoutMs: null } as const;
  return { title: "test", script, directory: "/", ...nothing, ...more };
}

/** A command of such a plan, which only reads. */
export function commandOf(text: string, line: number): PlannedCommand {
  const nothing = { reasons: [], actions: [], contexts: [], uncounted: false, doubt: null };
  return { line, endLine: line, text, effect: "read", ...nothing };
}

/** What a run needs, and its output so far, both streams in one. */
export function optionsFor(plan: Plan, more: Partial<RunOptions> = {}) {
  const chunks: Uint8Array[] = [];
  const options: RunOptions = {
    plan,
    kubeconfig: null,
    environment: { ...process.env, ELECTRON_RUN_AS_NODE: "1", VSCODE_PID: "1" },
    onOutput: ({ bytes }) => {
      chunks.push(bytes);
    },
    now: () => performance.now(),
    ...more,
  };
  return { options, output: () => Buffer.concat(chunks).toString() };
}

/** Stop times for a test that does not wait as long as a person's run may take to end. */
export const quickStop = { termAfterMs: 200, killAfterMs: 600 };
