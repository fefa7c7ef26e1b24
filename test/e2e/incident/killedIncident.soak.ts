import assert from "node:assert/strict";
import { cpSync, existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { after, before, describe, it } from "node:test";
import { entriesOf } from "../../../src/incident/entry.ts";
import { readEntries } from "../../../src/incident/readEntry.ts";
import { kubectl } from "../../run/kubectl.ts";
import { until } from "../../run/until.ts";
import { inOneEditor, type SharedEditor } from "../sharedEditor.ts";
import { demoRunbook, runbookLines, runbookRead } from "./demoRunbook.ts";
import { NamespaceRecorder, type Told } from "./namespaceRecorder.ts";
import { bare, newestReport, readReport } from "./writtenReport.ts";

const rounds = Number(process.env["PODBOOK_KILLS"] ?? 5);
const options = {
  timeoutMs: 1_800_000,
  fill: (folder: string) => {
    const file = join(folder, basename(demoRunbook));
    cpSync(demoRunbook, file);
    return file;
  },
};

inOneEditor("An incident whose window is killed", options, killedIncident);

function killedIncident(shared: SharedEditor): void {
  describe("An incident whose window is killed in the middle", { timeout: 1_500_000 }, () => {
    let namespace: NamespaceRecorder;
    const inDemo = (verb: string, ...args: string[]) => kubectl(shared.editor.bed, verb, "-n", "pyairtable", ...args);
    const folder = () => join(shared.editor.data, "data/User/globalStorage/podbook.podbook/incidents");
    const entriesOfTitle = (title: string) => {
      // It is made with the first incident.
      if (!existsSync(folder())) return [];
      const all = readdirSync(folder()).map((name) => readEntries(readFileSync(join(folder(), name), "utf8")));
      return all.find((entries) => entriesOf(entries, "started")[0]?.title === title) ?? [];
    };
    const words = (told: readonly Told[]) => told.map((one) => bare(one.words));

    before(async () => {
      await runbookRead(shared.editor);
      namespace = new NamespaceRecorder(shared.editor.bed, "pyairtable");
      // A run tells which process the window's is.
      await shared.editor.workbench.goToLine(
        runbookLines.findIndex((line) => line.startsWith("kubectl get pods -n pyairtable -l app=api-gateway")) + 1,
      );
      await shared.editor.workbench.run("Podbook: Run Command at Cursor");
      await until(() => shared.editor.journal().some(({ ended }) => ended !== null), "a run has ended", 30_000);
    });
    after(() => namespace.close());

    for (let round = 1; round <= rounds; round++) {
      it(`loses nothing that was written down, and tells what came meanwhile, in round ${round}`, async () => {
        const { workbench, page, journal } = shared.editor;
        const title = `Killed ${round}`;
        const written = () => entriesOfTitle(title);
        await workbench.run("Notifications: Clear All Notifications");
        await workbench.openAlone(basename(demoRunbook));
        await workbench.goToLine(1);
        await workbench.run("Podbook: Start Incident");
        await workbench.answer(title);
        // It takes the focus when it appears.
        await page
          .locator(".pane", { hasText: `Incident: ${title}` })
          .getByText("Incident started")
          .waitFor();
        await until(() => written().some(({ type }) => type === "pods"), "the pods are written down", 15_000);
        const began = written()[0]?.at ?? 0;
        await inDemo("delete", "pods", "-l", "app=auth-service", "--wait=false");
        await until(() => written().some(({ type }) => type === "pod"), "a pod's end is written down", 15_000);
        await workbench.goToLine(
          runbookLines.findIndex((line) => line.startsWith("kubectl get pods -n pyairtable -l app=api-gateway")) + 1,
        );
        const before = journal().length;
        await workbench.run("Podbook: Run Command at Cursor");
        await until(() => journal().length > before && journal().every(({ ended }) => ended), "it ran", 30_000);
        await until(() => written().some(({ type }) => type === "run"), "the run is written down", 15_000);
        const [newest] = journal().toSorted((one, other) => other.start.at - one.start.at);
        const record = readFileSync(join(dirname(newest?.output ?? ""), "record.jsonl"), "utf8");
        process.kill(Number(/"owner":\{"pid":(\d+)/.exec(record)?.[1]), "SIGKILL");
        const kept = written();
        const killedAt = Date.now();
        // One goes while nobody looks; the deployment's pods may become ready while nobody looks too.
        const [gone = ""] = (await inDemo("get", "pods", "-l", "app=api-gateway", "-o", "name")).split("\n");
        await inDemo("delete", gone, "--wait=true");
        await page.reload();
        await page.locator(".pane", { hasText: `Incident: ${title}` }).waitFor({ timeout: 60_000 });
        for (const name of ["auth-service", "api-gateway"]) {
          await inDemo("rollout", "status", `deployment/${name}`, "--timeout=90s");
        }
        await until(
          () => written().some(({ type, at }) => type === "event" && at > killedAt),
          "what came meanwhile is written down",
          30_000,
        );
        await workbench.run("Podbook: End Incident");
        await workbench.messages.press("End Incident");
        await until(() => written().some(({ type }) => type === "ended"), "it has ended", 15_000);
        await page.locator(".tab", { hasText: /^Preview incident-/ }).waitFor({ timeout: 30_000 });
        const entries = written();
        assert.deepEqual(entries.slice(0, kept.length), kept);
        const over = entries.at(-1)?.at ?? 0;
        const { timeline } = readReport(await newestReport(shared.editor.folder, over));
        const within = ({ at }: Told) => at >= began && at <= over - 1000;
        const told = timeline.map(bare);
        const events = words(namespace.events.filter(within));
        assert.ok(events.length > 5);
        assert.deepEqual(
          events.filter((one) => !told.includes(one)),
          [],
          "every event is told",
        );
        const sure = words(namespace.pods.filter(({ at }) => at >= began && at <= killedAt - 1000));
        assert.deepEqual(
          sure.filter((one) => !told.includes(one)),
          [],
          "every transition before",
        );
        for (const one of words(namespace.pods.filter(within))) {
          const [name] = one.split(":");
          if (one.endsWith("→ gone"))
            assert.ok(
              told.some((line) => line.startsWith(`${name}: `) && line.endsWith("→ gone")),
              one,
            );
          if (one.includes(": new, "))
            assert.ok(
              told.some((line) => line.startsWith(`${name}: new, `)),
              one,
            );
        }
      });
    }
  });
}
