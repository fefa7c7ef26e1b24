import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { placeholderNames } from "../../../src/plan/blockScript.ts";
import { fillPlaceholders, requireSameShape } from "../../../src/plan/fillPlaceholders.ts";
import { PlanError } from "../../../src/plan/planError.ts";
import { analyseBlock } from "../../../src/shell/analyseBlock.ts";
import { testShellParser } from "../shellParser.ts";

const parser = await testShellParser();
const folder = mkdtempSync(join(tmpdir(), "podbook-injection-"));
after(() => rmSync(folder, { recursive: true }));
const canary = join(folder, "canary");
const calls = join(folder, "calls");

// Every program of the templates notes its arguments instead of doing something.
const programs = "kubectl curl ssh psql awk sed grep xargs helm touchx".split(" ");
const prelude = join(folder, "prelude.sh");
// A file for each program: those of a pipeline run at the same time, and bash writes long arguments in pieces.
const note = (name: string) =>
  `${name}() { local IFS=$'\\x1f'; printf '%s\\x1e' "${name}$IFS$*" >> ${calls}/${name}; }`;
writeFileSync(prelude, `unset BASH_ENV\n${programs.map(note).join("\n")}\n`);

const templates = [
  "kubectl logs <it>",
  "kubectl logs -n pyairtable <it> --tail=5",
  "kubectl get pod/<it>",
  "kubectl get pods -l app=<it> -o wide",
  'kubectl annotate pod x "note=<it>"',
  'kubectl annotate pod x "<it>"',
  "kubectl annotate pod x 'note=<it>'",
  "kubectl annotate pod x 'a '\"b <it>\"' c'",
  "cat <<EOF\nname: <it>\nother: 1\nEOF",
  "cat <<'EOF'\nname: <it>\nEOF",
  "kubectl apply -f - <<EOF\nname: <it>\nEOF",
  "bash <<EOF\nkubectl get pod <it>\nEOF",
  "kubectl logs $(kubectl get pod <it> -o name)",
  'kubectl logs "$(kubectl get pod <it> -o name)"',
  'kubectl logs "$(kubectl get pod "<it>" -o name)"',
  "kubectl logs `kubectl get pod <it> -o name`",
  'kubectl exec x -- sh -c "echo <it>"',
  "bash -c 'kubectl get pod <it>'",
  'bash -c "kubectl get pod <it>"',
  "eval kubectl get pod <it>",
  "POD=<it>\nkubectl logs $POD",
  'POD="<it>"\nkubectl logs "$POD"',
  "for i in <it> b; do kubectl get pod $i; done",
  "if [[ <it> -eq 1 ]]; then kubectl get pods; fi",
  "if [ <it> -eq 1 ]; then kubectl get pods; fi",
  "kubectl get pod <it> | grep <it>",
  "kubectl get pods > /dev/null 2>&1 && kubectl get pod <it> || kubectl get pods",
  'ssh host "kubectl get pod <it>"',
  "kubectl get pods -o name | xargs kubectl describe <it>",
  "awk '/<it>/ {print}' /dev/null",
  'sed "s/a/<it>/" /dev/null',
  "psql -c \"select '<it>'\"",
  "f() { kubectl get pod <it>; }\nf",
  "(kubectl get pod <it>)",
  "case x in x) kubectl get pod <it>;; esac",
  "kubectl get pod {{it}}",
  'kubectl get pod "{{ it }}"',
  "kubectl get pod ${IT_NAME}",
  'kubectl get pod "${IT_NAME}-0"',
  "kubectl get pod YOUR_POD",
  "cd /path/to/it 2> /dev/null; kubectl get pods",
  'echo "a" "<it>" \'b\' | grep a',
  "printf '%s' <it>",
  "trap 'kubectl get pod <it>' EXIT",
  "declare -i n=<it>",
  "let n=<it>",
  "printf -v '<it>' x",
  'read -r a <<< "<it>"',
];

const values = [
  `$(touch ${canary})`,
  `\`touch ${canary}\``,
  `; touch ${canary}`,
  `x; touch ${canary} #`,
  `"; touch ${canary}; "`,
  `'; touch ${canary}; '`,
  `"'; touch ${canary}; '"`,
  `&& touch ${canary}`,
  `| touch ${canary}`,
  `& touch ${canary}`,
  `\ntouch ${canary}\n`,
  `a\nEOF\ntouch ${canary}\ncat <<EOF`,
  `a[$(touch ${canary})]`,
  `\${x:=$(touch ${canary})}`,
  `<(touch ${canary})`,
  `> ${canary}`,
  `>${canary}`,
  `\\$(touch ${canary})`,
  `\\\\"$(touch ${canary})`,
  `$'\\n'; touch ${canary}`,
  `%(touch ${canary})T`,
  `/e; s/x/touch ${canary.replaceAll("/", "\\/")}/e`,
  `') ; touch ${canary}`,
  `}; touch ${canary}; {`,
  "--all",
  "-o-like",
  "-n kube-system",
  "a b",
  "a  --force",
  "*",
  "?",
  "[a-z]*",
  "~",
  "~root",
  "$HOME",
  "${IFS}",
  "{a,b}",
  "'",
  '"',
  "\\",
  "a\\",
  "#x",
  "!!",
  "a\0b",
  "a\rb",
  "\u202eab\u202c",
  "\u2028",
  "x\u200bz",
  "ｎａｍｅ；touch",
  "é",
  "",
  " ",
  "x".repeat(5000),
  "a=b",
  "pod-7d9f8c-abcde",
];

/** What the programs were called with, and what was printed, when a script runs. */
function execute(script: string): { calls: string[]; output: string } {
  rmSync(calls, { recursive: true, force: true });
  mkdirSync(calls);
  const file = join(folder, "block.sh");
  writeFileSync(file, script);
  const env = { PATH: process.env["PATH"] ?? "", BASH_ENV: prelude, HOME: "/nonexistent" };
  const run = spawnSync("bash", [file], { cwd: folder, env, encoding: "utf8", timeout: 10_000 });
  const noted = readdirSync(calls).map((name) => readFileSync(join(calls, name), "utf8"));
  return { calls: noted.join("").split("\x1e"), output: run.stdout };
}

function filled(template: string, value: string): string | null {
  const analysis = analyseBlock(`${template}\n`, "bash", parser);
  const names = placeholderNames(analysis);
  assert.ok(names.length > 0, `no placeholder is found in: ${template}`);
  try {
    const script = fillPlaceholders(analysis, new Map(names.map((name) => [name, value])));
    requireSameShape(analysis, analyseBlock(script, "bash", parser));
    return script;
  } catch (error) {
    assert.ok(error instanceof PlanError, String(error));
    return null;
  }
}

test("a placeholder inside arithmetic is refused: bash would evaluate whatever is put there", () => {
  assert.equal(filled("echo $(( <it> + 1 ))", "plainvalue"), null);
});

test("no value executes, and none alters another argument, in any position", () => {
  let ran = 0;
  let refused = 0;
  for (const template of templates) {
    const plain = "plainvalue";
    const script = filled(template, plain);
    assert.ok(script !== null, `a plain value is refused in: ${template}`);
    const expected = execute(script);
    for (const value of values) {
      const hostile = filled(template, value);
      if (hostile === null) {
        refused++;
        continue;
      }
      ran++;
      const actual = execute(hostile);
      assert.equal(existsSync(canary), false, `executed: ${JSON.stringify(value)} in ${template}`);
      const swap = (text: string) => text.replaceAll(plain, () => value);
      assert.deepEqual(actual.calls.sort(), expected.calls.map(swap).sort(), `${JSON.stringify(value)} in ${template}`);
      assert.equal(actual.output, swap(expected.output), `${JSON.stringify(value)} in ${template}`);
    }
  }
  console.log(
    `  ${templates.length} positions × ${values.length} values: ${ran} ran unharmed, ${refused} were refused`,
  );
});
