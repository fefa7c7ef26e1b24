import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, afterEach, before, describe, it } from "node:test";
import type { Bed } from "../../bed/bed.ts";
import { applyDemo, awaitDemo } from "../../bed/demo.ts";
import { breakWorkload } from "../../bed/failures/breakWorkload.ts";
import { mend } from "../../bed/failures/mend.ts";
import { type Kubectl, kubectlFor } from "../../bed/kubectl.ts";
import { bedPaths } from "../../bed/state.ts";
import { seen } from "../../run/until.ts";
import { type BedEditor, bring, openBedEditor, root } from "../bedEditor.ts";
import { fenceLines } from "../blocks.ts";

const name = "demo.md";
const file = join(root, "demo/runbooks/runbook-pod-failures.md");

/** What the output of each of the 17 blocks must show, in their order. */
const expected: readonly RegExp[] = [
  /^api-gateway-\S+ +1\/1 +Running[\s\S]*"status":"ok"/m,
  /^pod "?api-gateway-\S+ deleted[\s\S]*^deployment\.apps\/api-gateway scaled/m,
  /^api-gateway-\S+ +1\/1 +Running[\s\S]*"status":"ok"[\s\S]*"service":"api-gateway"/m,
  /^auth-service-\S+ +1\/1 +Running[\s\S]*"status":"ok"/m,
  /^Name: +auth-service-[\s\S]*^pod "?auth-service-\S+ deleted[\s\S]*accepting connections/m,
  /^platform-services-\S+ +1\/1 +Running[\s\S]*"status":"ok"/m,
  /^Name: +\S+[\s\S]*^NAME +CPU\(cores\)[\s\S]*restarted[\s\S]*successfully rolled out/m,
  /^postgres-0 +1\/1 +Running[\s\S]*accepting connections/m,
  /^Name: +postgres-0[\s\S]*persistentvolumeclaim\/\S+ +Bound/m,
  /^ postgres$[\s\S]*^\(\d+ rows\)$/m,
  /platform-services restarted[\s\S]*auth-service restarted/,
  /experiment/i,
  /postgres/,
  /(?:Response time: [\d.]+s\n(?:.*\n)?){10}/,
  /^Name: +\S+[\s\S]*^NAME +CPU\(cores\)/m,
  /^Name: +platform-services-[\s\S]*^configmap\/|^secret\//m,
  /^Name: +api-gateway[\s\S]*pod-template-hash/m,
];

describe("Every block of the pod failures runbook", { timeout: 400_000 }, () => {
  let editor: BedEditor;

  before(async () => {
    editor = await openBedEditor({
      settings: { "podbook.paths": { "/path/to/chaos-engineering": join(root, "demo/chaos-engineering") } },
      fill: (folder) => {
        bring(file, folder, name);
        return join(folder, name);
      },
    });
  });
  after(async () => {
    if (!editor) return;
    const kubectl = kubectlOf(editor.bed);
    await applyDemo(editor.bed.checkout, kubectl);
    await mend(editor.bed);
    await awaitDemo(kubectl, 60_000);
    await editor.close();
  });
  afterEach((test) => editor.pictureFailure(test));

  it("runs from its lens as it stands", async () => {
    const { workbench, bed } = editor;
    const kubectl = kubectlOf(bed);
    const text = readFileSync(file, "utf8");
    await workbench.openFile(name);
    for (const [index, line] of fenceLines(text).entries()) {
      const isCrashLoop = text.split("\n")[line]?.includes("Check pod logs") ?? false;
      if (isCrashLoop) await breakWorkload(bed, "crash-loop", "platform-services");
      else await awaitDemo(kubectl, 60_000);
      await workbench.output.clear();
      await workbench.lenses.click(line, "Run");
      const result = await answerAll(editor, line);
      const output = editor.lastOutput();
      assert.match(output, expected[index] ?? /never/, `block ${index + 1} at line ${line}`);
      // A container that is not up yet has no logs: kubectl says so and fails, in a real cluster too (in other words).
      if (!/is waiting to start|no logs found for container/.test(output)) assert.match(result, /^✓ 0/, output);
      if (isCrashLoop) await mend(bed);
    }
  });

  it("leaves no secret in the journal", async () => {
    const { bed } = editor;
    const secret = await kubectlOf(bed)(["get", "secrets", "-n", "pyairtable", "-o", "json"]);
    const values = (JSON.parse(secret) as { items: { data?: Record<string, string> }[] }).items.flatMap(({ data }) =>
      Object.values(data ?? {}),
    );
    const keys = [...readFileSync(bed.kubeconfig, "utf8").matchAll(/client-key-data: (\S+)/g)].map(
      ([, key = ""]) => key,
    );
    assert.ok(values.length > 0);
    const secrets = [...values, ...values.map((one) => Buffer.from(one, "base64").toString()), ...keys];
    for (const { output } of editor.journal()) {
      for (const file of [output, join(output, "../record.jsonl")]) {
        const text = readFileSync(file, "utf8");
        assert.deepEqual(
          secrets.filter((one) => text.includes(one)),
          [],
          file,
        );
      }
    }
  });
});

function kubectlOf(bed: Bed): Kubectl {
  return kubectlFor(bed.kubectl, bedPaths({ checkout: bed.checkout, name: bed.name }));
}

/** Says yes to what is asked, chooses the first of what is offered, and gives the result that the lens shows in the end. */
async function answerAll({ workbench, page }: BedEditor, line: number): Promise<string> {
  const rows = page.locator(".quick-input-widget:visible .quick-input-list .monaco-list-row");
  const look = async () => {
    if (await workbench.messages.dialog().isVisible()) await workbench.messages.press("Run");
    else if ((await rows.count()) > 0) {
      const crashed = rows.filter({ hasText: /CrashLoopBackOff|Error/ });
      await ((await crashed.count()) > 0 ? crashed : rows).first().click();
    }
    const lens = (await workbench.lenses.seen()).find((one) => one.line === line);
    const last = lens?.titles.at(-1) ?? "";
    return /^[✓✗■]/.test(last) ? last : undefined;
  };
  return seen(look, () => `the end of the block at line ${line}`, 90_000);
}
