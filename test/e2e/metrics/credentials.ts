import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import type { SharedEditor } from "../sharedEditor.ts";
import { GuardedPrometheus } from "./guardedPrometheus.ts";
import { lineOf } from "./metricLines.ts";

/** A Prometheus that wants credentials, and a workspace that names another one. */
export function credentials(shared: SharedEditor): void {
  describe("A Prometheus with a password", { timeout: 240_000 }, () => {
    const first = lineOf("kube_pod_container_status_restarts_total");
    const up = lineOf('up{job="pyairtable-services"}');
    let prometheus: GuardedPrometheus;
    before(async () => {
      prometheus = await GuardedPrometheus.start();
    });
    after(() => prometheus.close());

    /** As a workspace's settings give it. */
    function useAddress(url: string): void {
      const folder = join(shared.editor.folder, ".vscode");
      mkdirSync(folder, { recursive: true });
      writeFileSync(join(folder, "settings.json"), JSON.stringify({ "podbook.prometheus.url": url }));
    }

    it("says so over the first query alone, and gives values once it has got them", async () => {
      const { workbench } = shared.editor;
      await workbench.goToLine(first);
      useAddress(`http://127.0.0.1:${prometheus.port}`);
      await workbench.lenses.at(first, ({ titles }) => titles.includes("Prometheus wants credentials"), "its trouble");
      await workbench.lenses.waitFor((all) => all.every(({ line }) => line !== up), "no lens over the third query");
      await shared.editor.screenshot("metric-credentials");
      await workbench.lenses.click(first, "Prometheus wants credentials");
      await workbench.pick("User and password");
      await workbench.answer(prometheus.user);
      await workbench.answer(prometheus.password);
      await workbench.lenses.at(up, ({ titles }) => titles.includes("1 of 1 up"), "a value");
    });

    it("is the only one that is told them", async () => {
      const { workbench } = shared.editor;
      useAddress(`http://localhost:${prometheus.port}`);
      await workbench.lenses.at(first, ({ titles }) => titles.includes("Prometheus wants credentials"), "its trouble");
      const elsewhere = prometheus.asked.filter(({ host }) => host.startsWith("localhost"));
      assert.ok(elsewhere.length > 0);
      assert.ok(elsewhere.every(({ authorization }) => authorization === undefined));
    });

    it("is forgotten when none are chosen", async () => {
      const { workbench } = shared.editor;
      useAddress(`http://127.0.0.1:${prometheus.port}`);
      await workbench.lenses.at(up, ({ titles }) => titles.includes("1 of 1 up"), "a value");
      await workbench.run("Podbook: Set Prometheus Credentials…");
      await workbench.pick("None");
      await workbench.lenses.at(first, ({ titles }) => titles.includes("Prometheus wants credentials"), "its trouble");
    });
  });
}
