import assert from "node:assert/strict";
import { cpSync, existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { after, before, describe, it } from "node:test";
import { setTimeout as delay } from "node:timers/promises";
import { entriesOf, type IncidentEntry } from "../../../src/incident/entry.ts";
import { readEntries } from "../../../src/incident/readEntry.ts";
import type { Bed } from "../../bed/bed.ts";
import { kubectl } from "../../run/kubectl.ts";
import { until } from "../../run/until.ts";
import { inOneEditor, type SharedEditor } from "../sharedEditor.ts";
import { demoRunbook, runbookRead } from "./demoRunbook.ts";
import { NamespaceRecorder } from "./namespaceRecorder.ts";
import { PodRecorder } from "./podRecorder.ts";
import { ShellHistory } from "./shellHistory.ts";
import { bare, newestReport, readReport, type WrittenReport } from "./writtenReport.ts";

/** As the issue of the drills has it; fewer for a quick look. */
const count = Number(process.env["PODBOOK_DRILLS"] ?? 50);
/** How far Podbook's clock may be from what kubectl's watch and the API's own times say, in ms. */
const mostMs = 500;

/** Watches of the same may be told this much apart, in ms: what comes so shortly before the end may be missed. */
const apartMs = 1000;

let history: ShellHistory | undefined;
const options = {
  timeoutMs: 4_500_000,
  programs: (bed: Bed) => {
    history = new ShellHistory(bed.kubectl);
    return history.folder;
  },
  fill: (folder: string) => {
    const file = join(folder, basename(demoRunbook));
    cpSync(demoRunbook, file);
    return file;
  },
};

inOneEditor("Drills at length", options, clockComparison, interventions, killed);

function drillWith(shared: SharedEditor) {
  const folder = () => join(shared.editor.data, "data/User/globalStorage/podbook.podbook/incidents");
  /** Runs a drill by clicking; gives what its incident holds. */
  return async (failure: string, way: string, withinMs: number): Promise<IncidentEntry[]> => {
    const { workbench } = shared.editor;
    await workbench.run("Notifications: Clear All Notifications");
    await workbench.run("Podbook: Run Drill…");
    await workbench.pick("1. API Gateway Pod Failure");
    await workbench.pick(failure);
    await workbench.pick(way);
    await workbench.messages.press("Run Drill");
    await workbench.messages.notification(/detected/).waitFor({ timeout: withinMs });
    const newest = () =>
      join(
        folder(),
        readdirSync(folder())
          .sort((one, other) => mtime(one) - mtime(other))
          .at(-1) ?? "",
      );
    const mtime = (name: string) => readEntries(readFileSync(join(folder(), name), "utf8"))[0]?.at ?? 0;
    const entries = () => readEntries(readFileSync(newest(), "utf8"));
    await until(() => entriesOf(entries(), "ended").length > 0, "the incident of the drill ends", 30_000);
    return entries();
  };
}

function clockComparison(shared: SharedEditor): void {
  describe(`The clock of ${count} drills`, { timeout: 3_600_000 }, () => {
    let recorder: PodRecorder;
    let namespace: NamespaceRecorder;
    const errors: number[] = [];
    before(async () => {
      await runbookRead(shared.editor);
      recorder = new PodRecorder(shared.editor.bed, "api-gateway");
      namespace = new NamespaceRecorder(shared.editor.bed, "pyairtable");
    });
    after(async () => {
      await recorder.close();
      await namespace.close();
      history?.remove();
      const sorted = errors.map(Math.abs).sort((one, other) => one - other);
      console.log(
        `clock errors in ms: median ${sorted[sorted.length >> 1]}, most ${sorted.at(-1)} of ${sorted.length}`,
      );
    });

    for (let round = 1; round <= count; round++) {
      it(`is right in drill ${round}, and its report has all that was seen, in order`, async () => {
        const since = Date.now();
        const failure = round % 5 === 0 ? "Kill all pods of api-gateway" : "Kill one pod of api-gateway";
        const entries = await drillWith(shared)(failure, "Follow it by itself, reading only", 120_000);
        assert.match(entriesOf(entries, "note").at(-1)?.text ?? "", /; recovered in .*; all is as before/);
        await until(() => recorder.outages(since, 2).length > 0, "kubectl has seen the outage", 10_000);
        const [outage] = recorder.outages(since, 2);
        const [recovery] = entriesOf(entries, "recovery");
        const transitions = entriesOf(entries, "workload").filter(({ name }) => name === "api-gateway");
        assert.ok(outage && recovery);
        const whole = transitions.at(-1);
        const began = recovery.startedAt - outage.began;
        const ended = (whole?.at ?? 0) - outage.ended;
        errors.push(began, ended);
        assert.ok(Math.abs(began) <= mostMs, `began ${began} ms off`);
        assert.ok(Math.abs(ended) <= mostMs, `ended ${ended} ms off`);
        assert.ok((whole?.at ?? 0) >= outage.readySince - mostMs, "whole before the API says ready");
        assert.deepEqual([transitions[0]?.whole, whole?.whole], [false, true]);
        const over = entriesOf(entries, "ended")[0]?.at ?? 0;
        const report = readReport(await newestReport(shared.editor.folder, over));
        compare(report, entries, namespace, since, over);
        const ran = shared.editor
          .journal()
          .filter(({ start }) => start.at >= since)
          .sort((one, other) => one.start.at - other.start.at)
          .map(({ start }) => start.title);
        const told = report.timeline.flatMap((words) => /^(?:Looked|Changed): (.*) → [✓✗■]/.exec(words)?.[1] ?? []);
        assert.deepEqual(told, ran, "every run is told, in order");
        const calls = history?.since(since) ?? [];
        assert.ok(calls.length >= 3, JSON.stringify(calls));
        let from = 0;
        for (const args of calls) {
          const found = bare(report.commands).indexOf(bare(["kubectl", ...args].join(" ")), from);
          assert.ok(found >= 0, `${args.join(" ")} after ${from} in\n${report.commands}`);
          from = found;
        }
      });
    }
  });
}

/** What kubectl told of pods and events stands in the report, all of it and in its order, with the time at which it came. */
function compare(
  report: WrittenReport,
  entries: readonly IncidentEntry[],
  { pods, events, names }: NamespaceRecorder,
  since: number,
  over: number,
): void {
  const began = entriesOf(entries, "started")[0]?.at ?? since;
  const isPod = (words: string) => names.has(words.split(":", 1)[0] ?? "");
  const isEvent = (words: string) => /^(?:Pod|ReplicaSet|Deployment|StatefulSet)\//.test(words);
  for (const [kind, recorded, own] of [
    ["pod", pods, report.timeline.filter(isPod)],
    ["event", events, report.timeline.filter(isEvent)],
  ] as const) {
    const seen = recorded.filter(({ at }) => at >= began && at <= over);
    const sure = seen.filter(({ at }) => at <= over - apartMs).map(({ words }) => bare(words));
    assert.ok(sure.length >= 3, `${kind}: ${JSON.stringify(seen)}`);
    assert.deepEqual(own.map(bare).slice(0, sure.length), sure, kind);
    const rest = seen.slice(sure.length).map(({ words }) => bare(words));
    assert.deepEqual(own.map(bare).slice(sure.length), rest.slice(0, own.length - sure.length), `${kind} at the end`);
    const times = entries.filter(({ type }) => type === kind).map(({ at }) => at);
    times.slice(0, sure.length).forEach((at, index) => {
      const off = at - (seen[index]?.at ?? 0);
      assert.ok(Math.abs(off) <= apartMs, `${seen[index]?.words} is ${off} ms off`);
    });
  }
}

function interventions(shared: SharedEditor): void {
  describe("A drill that does not recover by itself", { timeout: 900_000 }, () => {
    const state = () =>
      kubectl(
        ...([shared.editor.bed, "get", "deployments,statefulsets", "-n", "pyairtable"] as const),
        ...["-o", "jsonpath={range .items[*]}{.metadata.name}{.spec}{.metadata.labels}{end}"],
      );

    it("runs the interventions that were agreed to, and puts these back too", async () => {
      const was = await state();
      const entries = await drillWith(shared)(
        "Scale api-gateway to zero",
        "Follow it by itself, with interventions",
        240_000,
      );
      const runs = entriesOf(entries, "run").filter(({ effect }) => effect !== "read");
      assert.deepEqual(
        runs.map(({ title }) => title.replace(/.* › /, "")),
        ["Drill: Scale api-gateway to zero", "Manual Intervention (if needed)", "Drill: put back api-gateway"],
      );
      assert.equal(entriesOf(entries, "recovery")[0]?.recovered, true);
      assert.equal(await state(), was);
    });

    it("ends where the interventions do not help, and all is as before", async () => {
      const was = await state();
      const entries = await drillWith(shared)(
        "Let api-gateway crash in a loop",
        "Follow it by itself, with interventions",
        400_000,
      );
      assert.match(entriesOf(entries, "note").at(-1)?.text ?? "", /it did not recover in time; all is as before/);
      assert.equal(await state(), was);
    });
  });
}

function killed(shared: SharedEditor): void {
  describe("A drill whose window is killed", { timeout: 1_800_000 }, () => {
    const state = () =>
      kubectl(
        ...([shared.editor.bed, "get", "deployments,statefulsets", "-n", "pyairtable"] as const),
        ...["-o", "jsonpath={range .items[*]}{.metadata.name}{.spec}{.metadata.labels}{end}"],
      );
    const folder = () => join(shared.editor.data, "data/User/globalStorage/podbook.podbook/drills");
    const names = () => (existsSync(folder()) ? readdirSync(folder()) : []);
    const left = () => names().map((name) => readFileSync(join(folder(), name), "utf8"));

    before(async () => {
      await shared.editor.workbench.openAlone(basename(demoRunbook));
      await runbookRead(shared.editor);
    });

    for (const ms of [0, 100, 250, 500, 1000, 2000, 4000]) {
      it(`${ms} ms after it was noted leaves all as before, once it was put back`, async () => {
        const { workbench, page } = shared.editor;
        await workbench.run("Notifications: Clear All Notifications");
        const was = await state();
        await workbench.run("Podbook: Run Drill…");
        await workbench.pick("1. API Gateway Pod Failure");
        await workbench.pick("Let api-gateway crash in a loop");
        await workbench.pick("Follow it with me");
        await workbench.messages.press("Run Drill");
        await until(() => left().some((text) => text.includes('"began"')), "the drill is noted", 15_000);
        await delay(ms);
        const [, pid] = /"owner":\{"pid":(\d+)/.exec(left().join("")) ?? [];
        process.kill(Number(pid), "SIGKILL");
        await page.reload();
        const offer = workbench.messages.notification(/was cut off before everything was put back/);
        await offer.getByText("Put Back…").click({ timeout: 60_000 });
        const back = workbench.messages.notification(/all is as before the drill/);
        await back.or(workbench.messages.dialog()).first().waitFor({ timeout: 60_000 });
        if (await workbench.messages.dialog().isVisible()) await workbench.messages.press("Put Back");
        await back.waitFor({ timeout: 150_000 });
        assert.deepEqual(left(), []);
        assert.equal(await state(), was);
      });
    }
  });
}
