import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { SharedEditor } from "../sharedEditor.ts";
import type { GrafanaStandIn } from "./grafanaStandIn.ts";
import { lineOf } from "./metricLines.ts";

/** The dashboards that the first users' runbook names, in a server that speaks Grafana's API. */
export function dashboards(shared: SharedEditor, grafana: GrafanaStandIn): void {
  describe("A dashboard's lens", { timeout: 240_000 }, () => {
    /** Path and query of the page that the browser opens while something is done; the VS Code server leads to loopback itself. */
    async function opened(act: () => Promise<unknown>): Promise<string> {
      const { page } = shared.editor;
      const opening = page.context().waitForEvent("page");
      await act();
      const opens = await opening;
      await opens.waitForURL(/^http/);
      const { pathname, search } = new URL(opens.url());
      await opens.close();
      return pathname.replace(/^\/proxy\/\d+/, "") + search;
    }

    it("opens Grafana's own search where it has no dashboard of the title, and says so", async () => {
      const { workbench } = shared.editor;
      const title = "PyAirtable Chaos Engineering Overview";
      const url = await opened(() => workbench.lenses.click(lineOf(`**${title}**`), "Open in Grafana"));
      assert.equal(url, "/dashboards?query=PyAirtable+Chaos+Engineering+Overview");
      await workbench.messages.notification(`finds no dashboard “${title}”`).waitFor();
      assert.deepEqual(grafana.searched, [title]);
    });

    it("is in the palette too, and opens the dashboard with exactly the title at the last hour", async () => {
      const { workbench } = shared.editor;
      const url = await opened(async () => {
        await workbench.run("Podbook: Open Dashboard…");
        await workbench.pick("Application Performance");
      });
      assert.equal(url, "/d/uid-1/application-performance?from=now-1h&to=now");
    });

    it("opens it at the time of the incident that is going on", async () => {
      const { workbench } = shared.editor;
      await workbench.run("Podbook: Start Incident");
      const before = Date.now();
      await workbench.answer("Pods fail");
      await shared.editor.page.getByText("Pods fail").first().waitFor();
      const url = await opened(async () => {
        await workbench.run("Podbook: Open Dashboard…");
        await workbench.pick("Kubernetes Pod Status");
      });
      const { pathname, searchParams } = new URL(url, grafana.url);
      assert.equal(pathname, "/d/uid-0/kubernetes-pod-status");
      assert.equal(searchParams.get("to"), "now");
      const from = Number(searchParams.get("from"));
      assert.ok(from >= before && from <= Date.now(), url);
    });
  });
}
