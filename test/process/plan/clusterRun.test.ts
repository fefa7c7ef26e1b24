import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { after, test } from "node:test";
import { type ClusterPlace, clusterRunScript, withEffectsOf } from "../../../src/plan/clusterRun.ts";
import { planScript } from "../../../src/plan/planScript.ts";
import { analyse } from "../../unit/shell/shellParser.ts";

const toolbox: ClusterPlace = { kind: "toolbox", namespace: "shop", pod: "toolbox-0" };
const fresh: ClusterPlace = {
  kind: "new",
  namespace: "shop",
  pod: "podbook-1",
  image: "registry.example/tools:1",
  serviceAccount: "runner",
};

const folder = mkdtempSync(join(tmpdir(), "podbook-"));
after(() => rmSync(folder, { recursive: true, force: true }));
// Notes how it was called, one word a line, and runs what stands behind `--` where it is to run something.
const kubectl = `#!/bin/bash
{ printf '%s\\n' "$@"; echo ---; } >> "${folder}/calls"
while [ $# -gt 0 ] && [ "$1" != -- ]; do shift; done
shift; [ $# -eq 0 ] || exec "$@"
`;
writeFileSync(join(folder, "kubectl"), kubectl, { mode: 0o755 });

function run(script: string, place: ClusterPlace) {
  writeFileSync(join(folder, "calls"), "");
  const env = { PATH: `${folder}${delimiter}${process.env["PATH"]}` };
  const { status, stdout } = spawnSync("bash", ["-c", clusterRunScript(script, place)], { env, input: "not for it" });
  const calls = readFileSync(join(folder, "calls"), "utf8").split("---\n").slice(0, -1);
  return { status, out: stdout.toString(), calls: calls.map((call) => call.trimEnd().split("\n")) };
}

test("a script arrives in the pod as it is, and its exit code comes back", () => {
  for (const script of [
    "echo 'a  b' \"c $HOME\" $((1 + 2)) `echo d`; exit 7\n",
    "cat <<'EOF'\n$not `this` 'either' \\\nEOF\n",
    "printf '%s\\n' '--' -- \"it's\" \\$ '!'\n# a comment\nfalse\n",
    'set -euo pipefail\nf() { echo "$1"; }\nf ü\n',
    "cat; echo end\n",
  ]) {
    const direct = spawnSync("bash", ["-c", script], { env: { PATH: process.env["PATH"] }, input: "not for it" });
    for (const place of [toolbox, fresh]) {
      const { status, out } = run(script, place);
      assert.deepEqual([out, status], [direct.stdout.toString(), direct.status], script);
    }
  }
});

test("it runs in the pod that is there, or in one of the user's image that is deleted however it ends", () => {
  assert.deepEqual(
    run("true\n", toolbox).calls.map((call) => call.slice(0, 4)),
    [["exec", "-n", "shop", "toolbox-0"]],
  );
  const { calls } = run("true\n", fresh);
  const [made = [], deleted] = calls;
  assert.deepEqual(made.slice(0, 4), ["run", "podbook-1", "-n", "shop"]);
  for (const flag of ["--rm", "--attach", "--restart=Never", "--image=registry.example/tools:1"]) {
    assert.ok(made.includes(flag), flag);
  }
  const overrides = JSON.parse(made.find((word) => word.startsWith("--overrides="))?.slice(12) ?? "");
  assert.deepEqual(overrides.spec, { activeDeadlineSeconds: 3600, serviceAccountName: "runner" });
  assert.deepEqual(deleted?.slice(0, 3), ["delete", "pod", "podbook-1"]);
  const plain = clusterRunScript("true\n", { ...fresh, serviceAccount: "" });
  assert.doesNotMatch(plain, /serviceAccountName/);
});

test("values of settings are words, whatever is in them", () => {
  const { calls } = run("true\n", { ...fresh, image: "x'; touch y; '", serviceAccount: "a'$(id)\"b" });
  assert.ok(calls[0]?.includes("--image=x'; touch y; '"));
  assert.match(calls[0]?.find((word) => word.startsWith("--overrides=")) ?? "", /a'\$\(id\)\\"b/);
});

test("the plan says what the block does in the pod", () => {
  const plan = (text: string) =>
    planScript({ title: "t", analysis: analyse(text), directory: "/", target: { context: "c", namespace: "shop" } });
  const block = "kubectl delete pod api-0\n";
  const made = withEffectsOf(plan(block), plan(clusterRunScript(block, fresh)));
  assert.equal(made.effect, "destroy");
  assert.deepEqual(made.commands.at(-1)?.reasons, ["creates a pod", "in the pod: deletes pod api-0"]);
  const reading = withEffectsOf(plan("date\n"), plan(clusterRunScript("date\n", fresh)));
  assert.equal(reading.effect, "change", "a pod is made, and is deleted again");
  const there = withEffectsOf(plan("date\n"), plan(clusterRunScript("date\n", toolbox)));
  assert.equal(there.effect, "read");
});
