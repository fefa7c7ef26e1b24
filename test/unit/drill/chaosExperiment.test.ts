import assert from "node:assert/strict";
import { describe, it } from "node:test";
import {
  type ChaosExperiment,
  chaosStepScript,
  chaosSteps,
  createChaosScript,
  haltCommands,
} from "../../../src/drill/chaosExperiment.ts";

const kill: ChaosExperiment = {
  group: "chaos-mesh.org",
  kind: "PodChaos",
  plural: "podchaos",
  name: "kill",
  namespace: "pyairtable",
  state: "running",
};
const engine: ChaosExperiment = {
  ...kill,
  group: "litmuschaos.io",
  kind: "ChaosEngine",
  plural: "chaosengines",
  name: "engine",
};
const workflow: ChaosExperiment = { ...kill, kind: "Workflow", plural: "workflows", name: "night" };

describe("Chaos experiments", () => {
  it("of Chaos Mesh are halted and started by their annotation, and end when they are deleted", () => {
    const script = (step: "start" | "halt" | "end") => chaosStepScript(step, kill).script;
    const annotate = "kubectl annotate podchaos.chaos-mesh.org/kill -n pyairtable --overwrite";
    assert.equal(script("halt"), `${annotate} experiment.chaos-mesh.org/pause=true\n`);
    assert.equal(script("start"), `${annotate} experiment.chaos-mesh.org/pause-\n`);
    assert.equal(script("end"), "kubectl delete podchaos.chaos-mesh.org/kill -n pyairtable\n");
  });

  it("of LitmusChaos are halted and started by the state of their engine", () => {
    const patch = "kubectl patch chaosengines.litmuschaos.io/engine -n pyairtable --type=merge -p";
    assert.equal(chaosStepScript("halt", engine).script, `${patch} '{"spec":{"engineState":"stop"}}'\n`);
    assert.equal(chaosStepScript("start", engine).script, `${patch} '{"spec":{"engineState":"active"}}'\n`);
  });

  it("offer what makes sense as they are", () => {
    assert.deepEqual(chaosSteps(kill), ["halt", "end"]);
    assert.deepEqual(chaosSteps({ ...kill, state: "paused" }), ["start", "end"]);
    assert.deepEqual(chaosSteps(workflow), ["end"]);
  });

  it("are halted in an emergency where they run", () => {
    const commands = haltCommands([kill, { ...engine, state: "paused" }, workflow]);
    assert.deepEqual(commands, [
      "kubectl annotate podchaos.chaos-mesh.org/kill -n pyairtable --overwrite experiment.chaos-mesh.org/pause=true",
      "kubectl delete workflows.chaos-mesh.org/night -n pyairtable",
    ]);
  });

  it("fail the emergency stop where they cannot be listed", () => {
    assert.match(haltCommands(null).join("\n"), /could not be listed.*false/);
  });

  it("are created from a file whose path is quoted", () => {
    const { script } = createChaosScript("/home/me/my chaos.yaml", "pyairtable");
    assert.equal(script, "kubectl create -n pyairtable -f '/home/me/my chaos.yaml'\n");
  });
});
