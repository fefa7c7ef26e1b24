// `npm run demo`: a cluster with the PyAirtable namespace, and VS Code with Podbook on this folder. Ctrl-C ends it all.
// `npm run demo -- --check` does the same without a person: it clicks Run on the first block and looks at the output.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { type Bed, bedDown } from "../test/bed/bed.ts";
import { checkFirstBlock } from "../test/host/checkFirstBlock.ts";
import { compilerPackages } from "../test/host/install.ts";
import { openInstalledVscode } from "../test/host/installedVscode.ts";
import { demoSettings } from "../test/host/settings.ts";
import { startVscodeServer } from "../test/host/vscodeServer.ts";
import { windowAddress } from "../test/host/window.ts";
import { endOnSignals } from "../test/run/interruption.ts";
import { Ownership } from "../test/run/ownership.ts";
import { findProgram } from "../test/run/programs.ts";
import { bedPackages, SetUp, serverPackages } from "../test/run/setUp.ts";

const root = resolve(import.meta.dirname, "..");
const runbook = join(import.meta.dirname, "runbooks", "runbook-pod-failures.md");
const bedName = "demo";
const invitation = `  Click "Run" over the first block. The pods are behind Podbook's icon at the left edge.
  The folder is trusted from the start: this VS Code has settings of its own, which switch workspace trust off.
  Fail something meanwhile, for example: npm run bed -- break kill --name ${bedName}
  Ctrl-C here ends everything.
`;
const log = (line: string) => console.log(line);
const { values } = parseArgs({ options: { check: { type: "boolean", default: false } } });

const owned = new Ownership();
const interruption = endOnSignals(owned, log);
const data = mkdtempSync(join(tmpdir(), "podbook-demo-"));
let failed = false;
try {
  failed = !(await demo());
} catch (error) {
  // What an interrupted step says is only that it was interrupted.
  failed = !interruption.aborted;
  if (failed) console.error(error instanceof Error ? error.message : error);
}
log("» Ending the demo (usually 5 s)");
await bedDown({ checkout: root, name: bedName, log });
await owned.endAll(3_000);
rmSync(data, { recursive: true, force: true });
log("  Everything is ended.");
process.exit(failed ? 1 : 0);

/** Resolves when the demo is over: whether it went well. */
async function demo(): Promise<boolean> {
  const code = values.check ? undefined : findProgram(["code"]);
  log("» Preparing the demo: usually 1 min; the first time on a machine 15 to 20 min");
  const packages = code ? bedPackages : values.check ? serverPackages : [...bedPackages, ...compilerPackages];
  const setUp = new SetUp({ root, bedName, packages, log });
  const [bed, vscode] = await Promise.all([setUp.bed(), code ? "" : setUp.vscode(), setUp.extension()]);
  if (values.check) return checkFirstBlock({ ...target(bed), bed, extension: root, file: runbook, log });
  if (code) await showInCode(code, bed);
  else await showInBrowser(vscode, bed);
  return true;
}

/** What makes VS Code see this bed: machine settings, and kubectl of the cluster's release first on PATH. */
function target(bed: Bed) {
  return {
    folder: import.meta.dirname,
    settings: { "podbook.kubeconfig": bed.kubeconfig, "podbook.context": `podbook-${bed.name}` },
    env: { PATH: `${bed.binDir}${delimiter}${process.env["PATH"] ?? ""}` },
  };
}

async function showInBrowser(vscode: string, bed: Bed): Promise<void> {
  const { folder, settings, env } = target(bed);
  const server = await startVscodeServer({
    vscode,
    folder: data,
    extension: root,
    settings: { ...demoSettings, ...settings },
    env,
  });
  log(
    `\n  Open this address in a browser:\n\n    ${windowAddress({ server, folder, file: runbook })}\n\n${invitation}`,
  );
  await server.ended;
  if (!interruption.aborted) throw new Error(`VS Code's server has ended. Its log: ${join(data, "server.log")}`);
}

async function showInCode(code: string, bed: Bed): Promise<void> {
  const { folder, settings, env } = target(bed);
  log(
    `\n  Opening ${code} with settings and extensions of its own. Closing its window ends the demo, too.\n${invitation}`,
  );
  await openInstalledVscode({
    code,
    data,
    folder,
    file: runbook,
    extension: root,
    settings: { ...demoSettings, ...settings },
    env,
  });
}
