import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { SharedEditor } from "../sharedEditor.ts";
import type { GrafanaStandIn } from "./grafanaStandIn.ts";
import { lineOf } from "./metricLines.ts";

/** The dashboards that the first users' runbook names, in a server that speaks Grafana's API. */
export function dashboards(shared: SharedEditor, grafana: GrafanaStandIn): void {
  describe("A dashboard's lens", { timeout: 120_000 }, () => {
    /** VS Code asks before it opens a page of the web, and names it. */
    async function askedToOpen(title: string): Promise<string> {
      const { workbench } = shared.editor;
      await workbench.lenses.click(lineOf(`**${title}**`), "Open in Grafana");
      const text = await workbench.messages.dialogText();
      await workbench.messages.press("Cancel");
      return text;
    }

    it("opens the dashboard that has the title, at the last hour", async () => {
      const text = await askedToOpen("Kubernetes Pod Status");
      assert.ok(text.includes(`${grafana.url}/d/uid-0/kubernetes-pod-status?from=now-1h&to=now`), text);
      assert.deepEqual(grafana.searched, ["Kubernetes Pod Status"]);
    });

    it("opens the one with exactly the title of several", async () => {
      const text = await askedToOpen("Application Performance");
      assert.ok(text.includes(`${grafana.url}/d/uid-1/`), text);
    });

    it("opens Grafana's own search where it has none of the name, and says so", async () => {
      const { workbench } = shared.editor;
      const text = await askedToOpen("PyAirtable Chaos Engineering Overview");
      assert.ok(text.includes(`${grafana.url}/dashboards?query=PyAirtable`), text);
      await workbench.messages.notification("finds no dashboard “PyAirtable Chaos Engineering Overview”").waitFor();
    });
  });
}
