import assert from "node:assert/strict";
import { test } from "node:test";
import type { RunResult } from "../../../src/run/runResult.ts";
import { stopReport } from "../../../src/run/stopReport.ts";
import { commandOf, planOf } from "./runs.ts";

function ended(outcome: RunResult["outcome"], commands: RunResult["commands"] = []): RunResult {
  const nothing = { exitCode: null, signal: null, leftRunning: false, problem: null, session: undefined };
  return { outcome, durationMs: 1, commands, ...nothing };
}

test("a stop of everything says what was cut, what had finished and what never started", () => {
  const plan = planOf("", {
    title: "Detection",
    commands: [commandOf("kubectl get pods", 0), commandOf("sleep 9\nx", 1)],
  });
  const report = stopReport(
    [
      { plan, result: ended("stopped", ["finished", "cut"]) },
      { plan: planOf("", { title: "Logs" }), result: ended("exited") },
    ],
    ["Validation"],
  );
  assert.equal(
    report,
    "Stopped 2 runs. Detection was cut (1 of 2 commands had finished · cut: sleep 9 …). " +
      "Logs had ended; what it left running was ended. Validation never started.",
  );
});

test("where nothing ran it says so", () => {
  assert.equal(stopReport([], []), "Nothing was running.");
});
