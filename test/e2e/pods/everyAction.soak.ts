import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { before, describe, it } from "node:test";
import { kubectl, podNames } from "../../run/kubectl.ts";
import { root } from "../bedEditor.ts";
import { inOneEditor, type SharedEditor } from "../sharedEditor.ts";

const inDemo = ["-n", "pyairtable"] as const;

inOneEditor(
  "Every action of the palette",
  {
    settings: { "podbook.paths": { "/path/to/chaos-engineering": join(root, "demo/chaos-engineering") } },
    fill: (folder) => {
      const file = join(folder, "actions.md");
      writeFileSync(file, "# Nothing to run\n");
      return file;
    },
  },
  everyAction,
);

/** Those that the other suites do not click. */
function everyAction(shared: SharedEditor): void {
  describe("An action", { timeout: 600_000 }, () => {
    before(async () => {
      const { pods } = shared.editor.workbench;
      await pods.open();
      await pods.waitForRows((rows) => rows.length >= 11, "all pods", 90_000);
    });

    /** Runs a command that only reads, with its picks, and gives all it printed. */
    async function read(title: string, ...picks: readonly string[]): Promise<string> {
      const { workbench, journal, lastOutput } = shared.editor;
      const before = journal().length;
      await workbench.output.clear();
      await workbench.run(`Podbook: ${title}`);
      for (const pick of picks) await workbench.pick(pick);
      await workbench.output.waitFor(/^. #\d+ (done|failed)/m, 60_000);
      assert.equal(journal().length, before + 1);
      return lastOutput();
    }

    /** The same of one that asks, with the word on its button. Gives what was asked. */
    async function change(title: string, verb: string, end: RegExp, ...picks: readonly string[]): Promise<string> {
      const { workbench } = shared.editor;
      await workbench.output.clear();
      await workbench.run(`Podbook: ${title}`);
      for (const pick of picks) await workbench.pick(pick);
      const question = await workbench.messages.dialogText();
      await workbench.messages.press(verb);
      await workbench.output.waitFor(end, 120_000);
      return question;
    }

    const field = (object: string, path: string) =>
      kubectl(shared.editor.bed, "get", object, ...inDemo, "-o", `jsonpath=${path}`);

    it("pauses a rollout and resumes it", async () => {
      const question = await change("Pause Rollout", "Pause", /done, exit 0/, "api-gateway");
      assert.match(question, /kubectl rollout pause deployment\/api-gateway/);
      assert.equal(await field("deploy/api-gateway", "{.spec.paused}"), "true");
      await change("Undo Last Change", "Undo", /done, exit 0/);
      assert.equal(await field("deploy/api-gateway", "{.spec.paused}"), "");
      await change("Pause Rollout", "Pause", /done, exit 0/, "api-gateway");
      await change("Resume Rollout", "Resume", /done, exit 0/, "api-gateway");
      assert.equal(await field("deploy/api-gateway", "{.spec.paused}"), "");
    });

    it("tells the status of a rollout", async () => {
      assert.match(await read("Rollout Status", "auth-service"), /successfully rolled out/);
    });

    it("deletes a pod, and follows its workload until it is whole", async () => {
      const { bed } = shared.editor;
      const [victim = ""] = await podNames(bed, "auth-service");
      const question = await change("Delete Pod", "Delete", /^deployment\/auth-service recovered in \d+ s$/m, victim);
      assert.match(question, new RegExp(`kubectl delete pod ${victim}|kubectl delete pod/${victim}`));
      assert.ok(!(await podNames(bed, "auth-service")).includes(victim));
    });

    it("drains the node of a pod, and uncordons it again", async () => {
      const { workbench, bed } = shared.editor;
      const [pod = ""] = await podNames(bed, "platform-services");
      const node = await field(`pod/${pod}`, "{.spec.nodeName}");
      const short = pod.slice(pod.lastIndexOf("-") + 1);
      await workbench.output.clear();
      const row = workbench.pods.pane().locator(".monaco-list-row", { hasText: short }).first();
      await workbench.chooseFromMenu(row, "Drain Node");
      assert.match(await workbench.messages.dialogText(), new RegExp(`kubectl drain ${node}`));
      await shared.editor.screenshot("action-drain");
      try {
        await workbench.messages.press("Drain");
        await workbench.output.waitFor(/^. #\d+ (done|failed)/m, 180_000);
        assert.equal(await field(`node/${node}`, "{.spec.unschedulable}"), "true");
        await change("Undo Last Change", "Undo", /done, exit 0/);
        assert.equal(await field(`node/${node}`, "{.spec.unschedulable}"), "");
      } finally {
        await kubectl(bed, "uncordon", node);
      }
    });

    it("checks the database and its integrity", async () => {
      assert.match(await read("Check Database"), /accepting connections/);
      const integrity = await read("Check Database Integrity");
      assert.match(integrity, /pyairtable/);
      await shared.editor.screenshot("action-integrity");
    });

    it("checks resources and volumes", async () => {
      assert.match(await read("Check Resources"), /worker-\d/);
      assert.match(await read("Check Volumes"), /data-postgres-0/);
    });

    it("restarts what depends on the database, in order", async () => {
      const question = await change("Restart Database Dependents", "Restart", /^. #\d+ (done|failed)/m);
      assert.match(question, /auth-service(.|\n)*platform-services|platform-services(.|\n)*auth-service/);
      assert.match(shared.editor.lastOutput(), /recovered in|successfully rolled out/);
    });

    it("diagnoses a pod that crashes, in words", async () => {
      const { bed } = shared.editor;
      const [pod = ""] = await podNames(bed, "auth-service");
      await kubectl(bed, "annotate", "pod", pod, ...inDemo, "bed.podbook.dev/fail=crash-loop");
      try {
        await shared.editor.workbench.pods.waitForRows(
          (rows) => rows.some(({ description }) => /CrashLoopBackOff/.test(description)),
          "a crash loop",
          60_000,
        );
        assert.match(await read("Diagnose Pod", pod), /crash|exit code 1/i);
        await shared.editor.screenshot("action-diagnose");
      } finally {
        await kubectl(bed, "delete", "pod", pod, ...inDemo, "--wait=false");
      }
      await shared.editor.workbench.pods.waitForRows(
        (rows) => rows.some(({ label, description }) => label === "auth-service" && description.startsWith("2/2")),
        "it is well again",
        60_000,
      );
    });

    it("runs the health check and the emergency stop of the chaos folder", async () => {
      await change("Run Health Check", "Health check", /done, exit 0/);
      assert.match(shared.editor.lastOutput(), /database/);
      await change("Emergency Stop", "Emergency stop", /done, exit 0/);
      await shared.editor.screenshot("action-emergency-stop");
    });
  });
}
