// A tool for developers: opens a file in a real VS Code with the built extension, does what the options say in their
// order, and saves a screenshot. `node test/host/look.ts --open demo/runbooks/runbook-pod-failures.md --click-lens 14
// --wait-output "exit 0" --shot /tmp/look.png`

import { dirname, resolve } from "node:path";
import { parseArgs } from "node:util";
import { ensureDebianPackages } from "../bed/debian.ts";
import { chromiumPackage } from "./chromium.ts";
import { type Editor, openEditor } from "./editor.ts";

const root = resolve(import.meta.dirname, "../..");
const usage = `node test/host/look.ts --open FILE --shot OUT.png
  --folder DIR         the workspace (the file's folder)
  --extension DIR      the built extension (this checkout)
  --kubeconfig FILE    setting podbook.kubeconfig
  --set NAME=JSON      any other setting
  --path DIR           put first on PATH
  --restricted         do not trust the folder
  --size WxH           of the window (1400x1000)
 and, in the order given:
  --click-lens LINE[:TITLE]  click a lens over a one-based line ("Run")
  --command TITLE            run a command by the palette
  --pods                     show the sidebar
  --expand                   open all rows of the tree
  --wait-output REGEXP       in the output panel
  --wait-text TEXT           anywhere in the window
  --wait MS
  --output                   print the whole output channel`;

const { values, tokens } = parseArgs({
  options: {
    open: { type: "string" },
    shot: { type: "string" },
    folder: { type: "string" },
    extension: { type: "string", default: root },
    kubeconfig: { type: "string" },
    set: { type: "string", multiple: true, default: [] },
    path: { type: "string" },
    restricted: { type: "boolean", default: false },
    size: { type: "string", default: "1400x1000" },
    "click-lens": { type: "string", multiple: true },
    command: { type: "string", multiple: true },
    pods: { type: "boolean" },
    expand: { type: "boolean" },
    "wait-output": { type: "string", multiple: true },
    "wait-text": { type: "string", multiple: true },
    wait: { type: "string", multiple: true },
    output: { type: "boolean" },
    help: { type: "boolean" },
  },
  tokens: true,
});
if (values.help) {
  console.log(usage);
  process.exit();
}
if (!values.open || !values.shot) {
  console.error(usage);
  process.exit(2);
}

const actions: Record<string, (editor: Editor, value: string) => Promise<unknown>> = {
  "click-lens": ({ workbench }, value) => {
    const [line, title = "Run"] = value.split(":");
    return workbench.lenses.click(Number(line), title);
  },
  command: ({ workbench }, value) => workbench.run(value),
  pods: ({ workbench }) => workbench.pods.open(),
  expand: ({ workbench }) => workbench.pods.expandAll(),
  "wait-output": ({ workbench }, value) => workbench.output.waitFor(new RegExp(value)),
  "wait-text": ({ page }, value) => page.getByText(value).first().waitFor(),
  wait: ({ page }, value) => page.waitForTimeout(Number(value)),
  output: async ({ workbench }) => console.log(await workbench.output.all()),
};

const file = resolve(values.open);
const [width = 1400, height = 1000] = values.size.split("x").map(Number);
await ensureDebianPackages([chromiumPackage], console.log);
const editor = await openEditor({
  folder: resolve(values.folder ?? dirname(file)),
  file,
  extension: resolve(values.extension),
  viewport: { width, height },
  settings: {
    ...(values.kubeconfig ? { "podbook.kubeconfig": resolve(values.kubeconfig) } : {}),
    ...(values.restricted ? { "security.workspace.trust.enabled": true } : {}),
    ...Object.fromEntries(
      values.set.map((pair) => [pair.split("=")[0], JSON.parse(pair.slice(pair.indexOf("=") + 1))]),
    ),
  },
  ...(values.path ? { env: { PATH: `${resolve(values.path)}:${process.env["PATH"]}` } } : {}),
  log: console.log,
});
try {
  await editor.page.locator(".part.editor .view-line").first().waitFor();
  for (const token of tokens) {
    if (token.kind === "option") await actions[token.name]?.(editor, token.value ?? "");
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
} finally {
  await editor.page.screenshot({ path: values.shot });
  await editor.close();
}
