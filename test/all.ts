// `npm test`: sets up what is needed, then runs every stage and counts. `npm test -- --only unit,cluster` runs some;
// `npm run soak` runs the long tests too, and every repetition of the others.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { inspect, parseArgs } from "node:util";
import { bedDown } from "./bed/bed.ts";
import { endOnSignals } from "./run/interruption.ts";
import { type Outcome, single, sum, summary } from "./run/outcome.ts";
import { Ownership } from "./run/ownership.ts";
import { SetUp, serverPackages } from "./run/setUp.ts";
import { allStages, fewerLanes, gauge, type Lane, type Stage, testBeds } from "./run/stages.ts";

const root = resolve(import.meta.dirname, "..");
const log = (line: string) => console.log(line);
const started = performance.now();

const owned = new Ownership();
const interruption = endOnSignals(owned, log);
const setUp = new SetUp({ root, bedName: testBeds[0], packages: serverPackages, log });
const { values: wish } = parseArgs({
  options: { only: { type: "string" }, soak: { type: "boolean", default: false } },
});
if (wish.soak) process.env["PODBOOK_SOAK"] = "1";
// Some hundred processes of Node load the same few files: what one has compiled, the others need not.
const compiled = mkdtempSync(join(tmpdir(), "podbook-compiled-"));
process.env["NODE_COMPILE_CACHE"] = compiled;
const stages = allStages({ root, setUp, signal: interruption, log, soak: wish.soak });
const chosen = choose(stages, wish.only);
log("» Running all tests: usually 10 min; the first time on a machine 15 min more, to build what they need");
const outcomes: Outcome[] = [];
const took = new Map<string, number>();
for (const group of chosen) {
  if (interruption.aborted) break;
  const slow = (took.get(gauge.stage) ?? 0) > gauge.slowMs;
  if (slow && group.length > 2)
    log("» This machine is busy or slow: two lanes instead of three, which takes up to 25 min");
  outcomes.push(...(await Promise.all((slow ? fewerLanes(group) : group).map(runLane))).flat());
}
outcomes.push(await cleanUp());
rmSync(compiled, { recursive: true, force: true });
const total = sum(outcomes);
for (const { name, details } of total.failures) log(`\n✗ ${name}\n${details.replaceAll(/^/gm, "    ")}`);
log(`\nAll of it took ${duration(performance.now() - started)}.`);
log(summary(total));
process.exit(total.failures.length === 0 && !interruption.aborted ? 0 : 1);

async function runLane(lane: Lane): Promise<Outcome[]> {
  const done: Outcome[] = [];
  for (const stage of lane) if (!interruption.aborted) done.push(await runStage(stage));
  return done;
}

async function runStage(stage: Stage): Promise<Outcome> {
  log(`── ${stage.name} (usually ${stage.usually})`);
  const begin = performance.now();
  let outcome: Outcome;
  try {
    await stage.prepare?.();
    outcome = await stage.run();
  } catch (error) {
    // An error with a reason is meant for the person, as it is; of any other the place matters too.
    outcome = single(stage.name, error instanceof Error && "reason" in error ? error.message : inspect(error));
  }
  const ms = performance.now() - begin;
  took.set(stage.name, ms);
  log(`   ${stage.name}: ${summary(outcome)} after ${duration(ms)}`);
  return outcome;
}

/** Brings the bed down. A process that outlives that is a failure: nothing may be left behind. */
async function cleanUp(): Promise<Outcome> {
  log("── clean-up (usually 3 s)");
  try {
    for (const name of testBeds) await bedDown({ checkout: root, name, log });
  } catch (error) {
    return single("clean-up", `The bed could not be brought down: ${error}`);
  }
  const left = await owned.endAll(3_000);
  return single("clean-up", left.length === 0 ? undefined : `Left running by the tests:\n${left.join("\n")}`);
}

function choose(all: readonly Lane[][], only: string | undefined): readonly Lane[][] {
  const known = all.flat(2).map((stage) => stage.name);
  const names = only?.split(",") ?? known;
  const unknown = names.filter((name) => !known.includes(name));
  if (unknown.length === 0) {
    return all.map((group) => group.map((lane) => lane.filter((stage) => names.includes(stage.name))));
  }
  console.error(`No such stage: ${unknown.join(", ")}. There are: ${known.join(", ")}.`);
  process.exit(2);
}

function duration(ms: number): string {
  const seconds = Math.round(ms / 1000);
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}
