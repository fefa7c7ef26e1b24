// A process that runs a script through the engine as the extension does, and prints what that took as JSON.

import { mkdtempSync, rmSync } from "node:fs";
import { registerHooks } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { FileJournal } from "../../src/journal/fileJournal.ts";
import { ownIdentity } from "../../src/journal/processIdentity.ts";
import type { Plan } from "../../src/plan/plan.ts";
import { emptyPreview } from "../../src/plan/preview.ts";
import { PlanExecutor, type RunViewer } from "../../src/run/planExecutor.ts";
import { noRunbook } from "../../src/run/preparedRun.ts";
import { Runs } from "../../src/run/runs.ts";

/** What one run through the engine took. */
export interface EngineMeasure {
  readonly wallMs: number;
  readonly firstByteMs: number;
  /** How much the resident memory grew at most, in MB. */
  readonly grownMb: number;
  /** The longest time in which the event loop did nothing else. */
  readonly blockedMs: number;
  readonly updatesASecond: number;
}

const standIn = new URL("./vscodeStandIn.ts", import.meta.url).href;
registerHooks({
  resolve: (specifier, context, next) =>
    specifier === "vscode" ? { url: standIn, shortCircuit: true } : next(specifier, context),
});
const { OutputPanel } = await import("../../src/ui/output/outputPanel.ts");

const tickMs = 5;
const [count = "1", script = ""] = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), "podbook-bench-"));
let updates = 0;
const update = () => {
  updates++;
};
const channel = { append: update, replace: update, show: () => {}, dispose: () => {} };
const panel = new OutputPanel(channel as unknown as ConstructorParameters<typeof OutputPanel>[0]);
const owner = await ownIdentity();
const onProblem = (message: string) => {
  throw new Error(message);
};
const journal = new FileJournal({ folder, owner, now: () => Date.now(), onProblem });
const runs = new Runs();
const executor = new PlanExecutor({
  runs,
  journal: async () => journal,
  connect: () => Promise.reject(new Error("There is no cluster here.")),
  secrets: async () => [],
  environment: process.env,
});
const measures: EngineMeasure[] = [];
for (let round = 0; round < Number(count); round++) measures.push(await measure());
runs.dispose();
panel.dispose();
rmSync(folder, { recursive: true });
console.log(JSON.stringify(measures));

async function measure(): Promise<EngineMeasure> {
  const nothing = { target: null, commands: [], effect: "read", timeoutMs: null } as const;
  const plan: Plan = { title: "Bench", script, directory: "/", ...nothing };
  const before = process.memoryUsage.rss();
  let [most, blockedMs, firstByteAt] = [before, 0, 0];
  updates = 0;
  let lastTick = performance.now();
  const ticker = setInterval(() => {
    const now = performance.now();
    blockedMs = Math.max(blockedMs, now - lastTick - tickMs);
    lastTick = now;
    most = Math.max(most, process.memoryUsage.rss());
  }, tickMs);
  const begin = performance.now();
  const view = (id: string, shown: Plan): RunViewer => {
    const viewer = panel.begin(shown, new Date(), false, id);
    return {
      output: (output) => {
        firstByteAt ||= performance.now();
        viewer.output(output);
      },
      command: (progress) => viewer.command(progress),
      end: (result) => viewer.end(result),
    };
  };
  const execution = await executor.start({ plan, pinned: null, preview: emptyPreview, origin: noRunbook }, view);
  await execution.ended;
  const wallMs = performance.now() - begin;
  clearInterval(ticker);
  const grownMb = (most - before) / 1e6;
  return { wallMs, firstByteMs: firstByteAt - begin, grownMb, blockedMs, updatesASecond: (updates * 1000) / wallMs };
}
