import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "podbook-borders-"));
after(() => rmSync(folder, { recursive: true }));

const imports = {
  vscode: 'import { window } from "vscode";\nexport const used = window;\n',
  clientNode: 'import { KubeConfig } from "@kubernetes/client-node";\nexport const used = KubeConfig;\n',
  clientNodeFile:
    'import { KubeConfig } from "@kubernetes/client-node/dist/config.js";\nexport const used = KubeConfig;\n',
  node: 'import { rmSync } from "node:fs";\nexport const used = rmSync;\n',
  ui: 'import { targetChoice } from "../ui/settings.ts";\nexport const used = targetChoice;\n',
  clock: "export const used = Date.now();\n",
};

const pure = ["vscode", "clientNode", "clientNodeFile", "node", "ui", "clock"];
const refused: Record<string, string[]> = {
  runbook: pure,
  shell: pure,
  plan: pure,
  recovery: pure,
  incident: pure,
  metrics: pure,
  drill: pure,
  lint: pure,
  run: ["vscode", "clientNode", "clientNodeFile", "ui"],
  http: ["vscode", "clientNode", "clientNodeFile", "ui"],
  prometheus: ["vscode", "clientNode", "clientNodeFile", "ui"],
  grafana: ["vscode", "clientNode", "clientNodeFile", "ui"],
  journal: ["vscode", "clientNode", "clientNodeFile", "ui"],
  cli: ["vscode", "clientNode", "clientNodeFile", "ui"],
  cluster: ["vscode", "ui"],
  ui: ["clientNode", "clientNodeFile"],
};

/** The files below `folder` in which the project's own lint rules see an error. */
function lintErrors(): Set<string> {
  const config = JSON.parse(readFileSync(join(root, "biome.json"), "utf8"));
  writeFileSync(join(folder, "biome.json"), JSON.stringify({ ...config, $schema: undefined, vcs: undefined }));
  const lint = spawnSync(join(root, "node_modules/.bin/biome"), ["lint", "--reporter=json", "--max-diagnostics=none"], {
    cwd: folder,
    encoding: "utf8",
  });
  const report: { diagnostics: { severity: string; location: { path: string | { file: string } } }[] } = JSON.parse(
    lint.stdout,
  );
  const errors = report.diagnostics.filter(({ severity }) => severity === "error");
  return new Set(errors.map(({ location: { path } }) => (typeof path === "string" ? path : path.file)));
}

test("the linter holds the borders of every folder, and nothing more", () => {
  for (const house of Object.keys(refused)) {
    for (const [kind, source] of Object.entries(imports)) {
      const file = join(folder, "src", house, `${kind}.ts`);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, source);
    }
  }
  const expected = Object.entries(refused).flatMap(([house, kinds]) => kinds.map((kind) => `src/${house}/${kind}.ts`));
  assert.deepEqual([...lintErrors()].sort(), expected.sort());
});
