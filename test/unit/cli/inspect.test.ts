import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, test } from "node:test";
import type { Inspection } from "../../../src/cli/inspect.ts";
import { checkout, makeWasmFolder, podbook, removeFolder } from "./terminals.ts";

const wasmFolder = makeWasmFolder();
after(() => removeFolder(wasmFolder));
const file = "demo/runbooks/runbook-pod-failures.md";

async function inspect(...args: string[]): Promise<Inspection[]> {
  const { status, out, complaints } = await podbook(["inspect", "--json", ...args], { wasmFolder });
  assert.deepEqual([status, complaints], [0, ""]);
  return JSON.parse(out) as Inspection[];
}

test("inspect --json of the runbook for pod failures: blocks, commands, scenarios, queries", async () => {
  const [item, ...others] = await inspect(file);
  assert.ok(item);
  assert.deepEqual(others, []);
  assert.equal(item.file, file);
  assert.equal(item.blocks.length, 17);
  assert.equal(item.blocks.flatMap(({ commands }) => commands).length, 42);
  assert.deepEqual(
    item.scenarios.map(({ expectedRecoverySeconds }) => expectedRecoverySeconds),
    [
      [30, 60],
      [30, 60],
      [60, 90],
      [120, 300],
    ],
  );
  assert.equal(item.metrics.length, 5);
  assert.equal(item.contacts.length, 3);
  assert.equal(item.dashboards.length, 3);
  assert.deepEqual(
    item.links.map(({ exists }) => exists),
    [true, true, true],
  );
});

test("inspect --json gives one-based lines of the file", async () => {
  const [item] = await inspect(file);
  assert.ok(item);
  const lines = readFileSync(join(checkout, file), "utf8").split("\n");
  const without = (text: string) => text.replaceAll(/^ +/gm, "");
  for (const block of item.blocks) {
    assert.match(lines[block.line - 1] ?? "", /^ *```(bash|sh)$/);
    assert.match(lines[block.endLine - 1] ?? "", /^ *```$/);
    assert.equal(without(`${lines.slice(block.line, block.endLine - 1).join("\n")}\n`), without(block.text));
    for (const { line, endLine, text } of block.commands) {
      assert.equal(without(lines.slice(line - 1, endLine).join("\n")), without(text));
    }
    for (const { line, name } of block.placeholders) assert.ok(lines[line - 1]?.includes(name));
  }
  for (const { line, query } of item.metrics) assert.ok(lines[line - 1]?.includes(query));
  for (const { line, title } of item.scenarios) assert.ok(lines[line - 1]?.includes(title));
  for (const { line, href } of item.links) assert.ok(lines[line - 1]?.includes(href));
});

test("inspect --json: exactly these commands change or destroy something", async () => {
  const [item] = await inspect(file);
  const commands = item?.blocks.flatMap((block) => block.commands) ?? [];
  assert.deepEqual(
    commands.filter(({ effect }) => effect !== "read").map(({ effect, text }) => `${effect}: ${text}`),
    [
      "destroy: kubectl delete pod -n pyairtable -l app=api-gateway",
      "change: kubectl scale deployment api-gateway -n pyairtable --replicas=3",
      "destroy: kubectl delete pod -n pyairtable -l app=auth-service",
      "change: kubectl rollout restart deployment/platform-services -n pyairtable",
      "change: kubectl rollout restart deployment/platform-services -n pyairtable",
      "change: kubectl rollout restart deployment/auth-service -n pyairtable",
      "change: ./emergency-stop.sh",
      "change: ./health-check.sh post",
    ],
  );
  assert.ok(commands.every(({ effect, reasons }) => (effect === "read") === (reasons.length === 0)));
});

test("inspect gives an item for each file, in their order, and for standard input", async () => {
  const items = await inspect(file, "demo/runbooks/runbook-network-failures.md");
  assert.deepEqual(
    items.map((item) => item.file),
    [file, "demo/runbooks/runbook-network-failures.md"],
  );
  const stdin =
    "\uFEFF# Title\r\n\r\n```yaml\r\na: b\r\n```\r\n\r\n~~~sh\r\nls\r\n~~~\r\n[a](no.md) [b](https://x.y/) [c](#title)\r\n";
  const { status, out } = await podbook(["inspect", "--json", "-"], { wasmFolder, stdin });
  assert.equal(status, 0);
  const [item] = JSON.parse(out) as Inspection[];
  assert.equal(item?.title, "Title");
  assert.deepEqual(
    item?.blocks.map(({ line, endLine, commands }) => [line, endLine, commands.map((one) => one.line)]),
    [[7, 9, [8]]],
  );
  assert.deepEqual(
    item?.links.map(({ exists }) => exists),
    [false, null, true],
  );
});

test("inspect without --json is written for a person, and lets no control character through", async () => {
  const { status, out } = await podbook(["inspect", file], { wasmFolder });
  assert.equal(status, 0);
  assert.match(out, /recovers in 120–300 s/);
  assert.match(out, /^ {7}38 {2}destroy kubectl delete pod -n pyairtable -l app=api-gateway · deletes pods/m);
  const stdin = "# T\u001b[2J\u202e\n\n```bash\necho \u001b]0;x\u0007\n```\n";
  const hostile = await podbook(["inspect", "-"], { wasmFolder, stdin });
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what must not be there
  assert.doesNotMatch(hostile.out, /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
  assert.match(hostile.out, /\\u001b/);
});
