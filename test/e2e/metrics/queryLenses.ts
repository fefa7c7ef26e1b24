import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { kubectl } from "../../run/kubectl.ts";
import { soaking } from "../../soak.ts";
import type { SharedEditor } from "../sharedEditor.ts";
import { lineOf } from "./metricLines.ts";

/** The values over the queries of the first users' runbook, from the Prometheus of the bed. */
export function queryLenses(shared: SharedEditor): void {
  describe("A query's lens", { timeout: 480_000 }, () => {
    const up = lineOf('up{job="pyairtable-services"}');

    async function value(line: number, pattern: RegExp): Promise<string> {
      const matches = (title: string) => pattern.test(title);
      const lens = await shared.editor.workbench.lenses.at(line, ({ titles }) => titles.some(matches), `${pattern}`);
      return lens.titles.find(matches) ?? "";
    }

    it("has the value of each of the five, from the Prometheus that is found in the cluster", async () => {
      const { workbench, bed } = shared.editor;
      await kubectl(bed, "rollout", "status", "statefulset/prometheus", "-n", "monitoring", "--timeout=60s");
      await workbench.goToLine(up);
      await value(
        lineOf("kube_pod_container_status_restarts_total"),
        /^\d+(\.\d+)? in 5 min · (?:[7-9]|\d{2,}) series$/,
      );
      await value(lineOf("kube_pod_status_ready"), /^7 of 7 ready$/);
      await value(up, /^6 of 6 up$/);
      await value(lineOf("http_request_duration_seconds"), /^p50 [\d.]+ m?s · p95 [\d.]+ m?s · p99 [\d.]+ m?s$/);
      await value(lineOf('http_requests_total{status=~"5.."}'), /^[\d.]+ req\/s · \d+ series$/);
      await shared.editor.screenshot("metric-values");
    });

    it("says where the mouse rests what is asked, and of whom", async () => {
      const tooltip = await shared.editor.workbench.lenses.tooltip(up, "6 of 6 up", /Asked:/);
      assert.match(tooltip, /up\{namespace="pyairtable",job="pyairtable-services"\}\nnamespace pyairtable/);
      assert.match(tooltip, /prometheus\.monitoring:9090 in /);
    });

    it("is asked in the form that the person gives it, and back", async () => {
      const { workbench } = shared.editor;
      const edit = async (title: string, expression: string) => {
        await workbench.lenses.click(up, title);
        await workbench.pick("Edit the Query…");
        await workbench.answer(expression);
      };
      await edit("6 of 6 up", 'sum(up{job="pyairtable-services"}');
      const broken = await value(up, /does not take the query/);
      await shared.editor.screenshot("metric-broken");
      await workbench.lenses.click(up, broken);
      await workbench.answer('sum(up{job="pyairtable-services"})');
      await value(up, /^6$/);
      await edit("6", "");
      await value(up, /^6 of 6 up$/);
    });

    if (soaking) {
      it("is drawn anew within half a minute when the cluster is another", async () => {
        const { bed } = shared.editor;
        const scale = (replicas: number) =>
          kubectl(bed, "scale", "deployment/auth-service", "-n", "pyairtable", `--replicas=${replicas}`);
        await scale(1);
        try {
          await value(up, /^5 of 5 up$/);
        } finally {
          await scale(2);
        }
      });
    }
  });
}
