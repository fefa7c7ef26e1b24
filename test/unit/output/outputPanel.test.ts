import assert from "node:assert/strict";
import { mock, test } from "node:test";
import type { OutputChannel } from "vscode";
import type { Plan } from "../../../src/plan/plan.ts";
import type { RunResult } from "../../../src/run/runResult.ts";
import { OutputPanel } from "../../../src/ui/output/outputPanel.ts";

const done = { outcome: "exited", exitCode: 0, durationMs: 10, commands: [] } as unknown as RunResult;

function plan(script: string): Plan {
  return { title: script, target: null, script, commands: [], directory: "/" } as unknown as Plan;
}

test("a run that has ended stands whole in the panel before the next one begins", () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  try {
    let shown = "";
    const channel = {
      append: (text: string) => {
        shown += text;
      },
      replace: (text: string) => {
        shown = text;
      },
    } as OutputChannel;
    const panel = new OutputPanel(channel);
    for (const word of ["first", "second"]) {
      const run = panel.begin(plan(`echo ${word}`), new Date(0), false);
      run.output({ stream: "output", bytes: Buffer.from(`${word} output\n`) });
      run.end(done);
    }
    mock.timers.tick(1000);
    const parts = ["echo first", "first output", "✓ #1", "echo second", "second output", "✓ #2"];
    const places = parts.map((part) => shown.indexOf(part));
    assert.deepEqual(
      places,
      places.toSorted((one, other) => one - other),
      shown,
    );
    assert.ok(!places.includes(-1), shown);
    assert.doesNotMatch(shown, /\[1\]/, "runs that do not overlap are not named in every line");
  } finally {
    mock.timers.reset();
  }
});
