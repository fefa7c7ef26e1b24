import { cpSync } from "node:fs";
import { join } from "node:path";
import { after } from "node:test";
import { root } from "../bedEditor.ts";
import { inOneEditor } from "../sharedEditor.ts";
import { credentials } from "./credentials.ts";
import { dashboards } from "./dashboards.ts";
import { GrafanaStandIn } from "./grafanaStandIn.ts";
import { metricsDuringIncident } from "./metricsDuringIncident.ts";
import { queryLenses } from "./queryLenses.ts";

const grafana = await GrafanaStandIn.start();
after(() => grafana.close());

inOneEditor(
  "The metrics of a runbook",
  {
    settings: { "podbook.grafana.url": grafana.url },
    fill: (folder) => {
      const file = join(folder, "runbook.md");
      cpSync(join(root, "demo/runbooks/runbook-pod-failures.md"), file);
      return file;
    },
  },
  queryLenses,
  metricsDuringIncident,
  (shared) => dashboards(shared, grafana),
  credentials,
);
