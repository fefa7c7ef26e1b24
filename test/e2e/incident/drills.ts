import assert from "node:assert/strict";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { before, describe, it } from "node:test";
import { chaosDefinitions, chaosKinds, chaosObjects } from "../../cluster/drill/chaosKinds.ts";
import { kubectl } from "../../run/kubectl.ts";
import { soaking } from "../../soak.ts";
import { root } from "../bedEditor.ts";
import type { SharedEditor } from "../sharedEditor.ts";
import { runbookRead } from "./demoRunbook.ts";

const scenario = "1. API Gateway Pod Failure";

/** Drills, from the choice to the report, and what is left of one that was killed. */
export function drills(shared: SharedEditor): void {
  const inDemo = (verb: string, ...args: string[]) => kubectl(shared.editor.bed, verb, "-n", "pyairtable", ...args);
  const state = () =>
    inDemo(
      "get",
      "deployments,statefulsets",
      "-o",
      "jsonpath={range .items[*]}{.metadata.name}{.spec}{.metadata.labels}{end}",
    );
  const folder = () => join(shared.editor.data, "data/User/globalStorage/podbook.podbook/drills");

  async function choose(failure: string, way: string): Promise<string> {
    const { workbench } = shared.editor;
    await workbench.run("Podbook: Run Drill…");
    await workbench.pick(scenario);
    await workbench.pick(failure);
    await workbench.pick(way);
    return workbench.messages.dialogText();
  }

  describe("A drill", { timeout: 480_000 }, () => {
    before(() => runbookRead(shared.editor));

    it("kills a pod, sees it, follows the scenario to the validation, and writes a report", async () => {
      const { workbench } = shared.editor;
      const was = await state();
      const question = await choose("Kill one pod of api-gateway", "Follow it by itself, reading only");
      assert.match(question, /kubectl delete pod\/api-gateway-\S+ -n pyairtable --wait=false/);
      assert.match(question, /kubectl scale deployment\/api-gateway -n pyairtable --replicas=2/);
      await shared.editor.screenshot("drill-question");
      await workbench.messages.press("Run Drill");
      const told = workbench.messages.notification(/Kill one pod of api-gateway: detected after/);
      const words = await told.innerText({ timeout: 60_000 });
      await shared.editor.screenshot("drill-over");
      assert.match(words, /detected after [\d.]+ s; recovered in [\d.]+ s\s+\(expected 30–60 s\); all is as before/);
      await shared.editor.page.locator(".tab", { hasText: /^Preview incident-/ }).waitFor({ timeout: 30_000 });
      const reports = readdirSync(shared.editor.folder).filter((one) => one.startsWith("incident-"));
      const report = readFileSync(join(shared.editor.folder, reports.at(-1) ?? ""), "utf8");
      assert.match(report, /^# Drill: Kill one pod of api-gateway$/m);
      assert.match(report, /kubectl delete pod\/api-gateway-/);
      assert.match(report, /api-gateway is not whole/);
      assert.match(report, /## Manual Interventions\n\nNone: the platform recovered by itself\./);
      assert.deepEqual(readdirSync(folder()), []);
      assert.equal(await state(), was);
      await workbench.run("Notifications: Clear All Notifications");
    });

    it("breaks nothing where a protected context or a namespace without the label is not typed", async () => {
      const { workbench, page, change, bed } = shared.editor;
      const was = await state();
      const refused = async (why: RegExp) => {
        await choose("Scale api-gateway to zero", "Follow it with me");
        await workbench.messages.press("Run Drill");
        await page.locator(".quick-input-widget:visible", { hasText: why }).waitFor();
        await workbench.quickInput().fill("something else");
        await page.keyboard.press("Enter");
        await page.locator(".quick-input-widget:visible", { hasText: /to go on, or press Escape/ }).waitFor();
        await page.keyboard.press("Escape");
        await workbench.quickInput().waitFor({ state: "hidden" });
        await workbench.run("Podbook: Restore Drill…");
        await workbench.messages.notification("There is no drill to put back").waitFor();
        await workbench.run("Notifications: Clear All Notifications");
      };
      await change({ "podbook.protectedContexts": ["podbook-*"] });
      await refused(/podbook-\S+ is protected/);
      await change({ "podbook.protectedContexts": [] });
      await kubectl(bed, "label", "namespace", "pyairtable", "podbook.dev/drills-");
      try {
        await refused(/pyairtable has no label podbook\.dev\/drills=allowed/);
      } finally {
        await kubectl(bed, "label", "namespace", "pyairtable", "podbook.dev/drills=allowed");
      }
      assert.equal(await state(), was);
    });

    it("does not begin where the scenario is in trouble already", async () => {
      const { workbench } = shared.editor;
      await inDemo("scale", "deployment/api-gateway", "--replicas=0");
      try {
        await workbench.run("Podbook: Run Drill…");
        await workbench.pick(scenario);
        await workbench.messages.notification(/Not drilled: api-gateway is scaled to zero/).waitFor();
      } finally {
        await inDemo("scale", "deployment/api-gateway", "--replicas=2");
        await inDemo("rollout", "status", "deployment/api-gateway", "--timeout=60s");
      }
      await workbench.run("Notifications: Clear All Notifications");
    });

    it("puts everything back when it is stopped", async () => {
      const { workbench } = shared.editor;
      const was = await state();
      await choose("Scale api-gateway to zero", "Follow it with me");
      await workbench.messages.press("Run Drill");
      await workbench.messages.notification(/waits for the recovery/).waitFor({ timeout: 30_000 });
      assert.equal(await inDemo("get", "deployment/api-gateway", "-o", "jsonpath={.spec.replicas}"), "0");
      await workbench.run("Podbook: Stop Drill");
      const told = workbench.messages.notification(/Scale api-gateway to zero: detected after/);
      assert.match(await told.innerText({ timeout: 60_000 }), /it was stopped; all is as before/);
      assert.equal(await state(), was);
      await workbench.run("Notifications: Clear All Notifications");
    });

    if (soaking) {
      it("is put back by an emergency stop, before its question is answered", async () => {
        const { workbench, change } = shared.editor;
        const was = await state();
        await change({ "podbook.paths": { "/path/to/chaos-engineering": join(root, "demo/chaos-engineering") } });
        await choose("Scale api-gateway to zero", "Follow it with me");
        await workbench.messages.press("Run Drill");
        await workbench.messages.notification(/waits for the recovery/).waitFor({ timeout: 30_000 });
        await workbench.run("Podbook: Emergency Stop");
        assert.match(await workbench.messages.dialogText(), /Emergency stop\?/);
        const told = workbench.messages.notification(/Scale api-gateway to zero: detected after/);
        assert.match(await told.innerText({ timeout: 60_000 }), /it was stopped; all is as before/);
        assert.equal(await state(), was);
        await workbench.messages.press("Emergency stop");
        await workbench.output.waitFor(/No experiment is running in pyairtable/, 60_000);
        await workbench.run("Notifications: Clear All Notifications");
      });
    }

    it("has company in the experiments of operators, which are halted and started by clicking", async () => {
      const { workbench, bed, folder: workspace } = shared.editor;
      const file = join(workspace, "chaos.json");
      const paused = () =>
        inDemo("get", "podchaos/kill", "-o", "jsonpath={.metadata.annotations.experiment\\.chaos-mesh\\.org/pause}");
      try {
        for (const objects of [chaosKinds, chaosObjects]) {
          writeFileSync(file, objects);
          await kubectl(bed, "create", "-n", "pyairtable", "-f", file);
          if (objects === chaosKinds) {
            await kubectl(bed, "wait", "crd", "--for=condition=Established", "--timeout=20s", ...chaosDefinitions);
          }
        }
        await workbench.run("Podbook: Chaos Experiments…");
        await shared.editor.screenshot("chaos-experiments");
        await workbench.pick("kill");
        await workbench.pick("Halt");
        assert.match(await workbench.messages.dialogText(), /kubectl annotate podchaos\.chaos-mesh\.org\/kill/);
        await workbench.messages.press("Run");
        await workbench.output.waitFor(/podchaos\.chaos-mesh\.org\/kill annotated/, 30_000);
        assert.equal(await paused(), "true");
      } finally {
        await kubectl(bed, "delete", "crd", "--ignore-not-found", ...chaosDefinitions);
      }
    });

    it("is offered to be put back after its window was killed", async () => {
      const { workbench, page } = shared.editor;
      const was = await state();
      await choose("Scale api-gateway to zero", "Follow it with me");
      await workbench.messages.press("Run Drill");
      await workbench.messages.notification(/waits for the recovery/).waitFor({ timeout: 30_000 });
      const [name = ""] = readdirSync(folder());
      const [, pid] = /"owner":\{"pid":(\d+)/.exec(readFileSync(join(folder(), name), "utf8")) ?? [];
      process.kill(Number(pid), "SIGKILL");
      await page.reload();
      const offer = workbench.messages.notification(/was cut off before everything was put back/);
      await offer.waitFor({ timeout: 60_000 });
      await shared.editor.screenshot("drill-offer");
      await offer.getByText("Put Back…").click();
      assert.match(await workbench.messages.dialogText(), /kubectl scale deployment\/api-gateway .*--replicas=2/);
      await workbench.messages.press("Put Back");
      await workbench.messages.notification(/all is as before the drill/).waitFor({ timeout: 60_000 });
      assert.deepEqual(readdirSync(folder()), []);
      assert.equal(await state(), was);
    });
  });
}
