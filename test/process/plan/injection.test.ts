import assert from "node:assert/strict";
import { after, test } from "node:test";
import { placeholderNames } from "../../../src/plan/blockScript.ts";
import { fillPlaceholders, requireSameShape } from "../../../src/plan/fillPlaceholders.ts";
import { PlanError } from "../../../src/plan/planError.ts";
import { analyseBlock } from "../../../src/shell/analyseBlock.ts";
import type { BlockAnalysis } from "../../../src/shell/analysis.ts";
import { share } from "../../soak.ts";
import { hostileValues } from "../../unit/plan/hostileValues.ts";
import { testShellParser } from "../../unit/shellParser.ts";
import { NotedCalls } from "./notedCalls.ts";

const parser = await testShellParser();
const noted = new NotedCalls();
after(() => noted.remove());
const values = hostileValues(noted.canary);
const plain = "plainvalue";

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

/** A script with the value in the place of its placeholders; null where the value is refused. */
function filled(analysis: BlockAnalysis, value: string): string | null {
  try {
    const script = fillPlaceholders(analysis, new Map(placeholderNames(analysis).map((name) => [name, value])));
    requireSameShape(analysis, analyseBlock(script, "bash", parser));
    return script;
  } catch (error) {
    assert.ok(error instanceof PlanError, String(error));
    return null;
  }
}

/** Runs a script once with a plain word and once with each of the given values in its place, and compares what came of them. */
function requireSameCalls(what: string, withPlain: string, withValue: ReadonlyMap<string, string>): void {
  const [expected, ...actual] = noted.run([withPlain, ...withValue.values()]);
  assert.ok(expected && !expected.executed);
  [...withValue.keys()].forEach((value, index) => {
    const hint = `${JSON.stringify(value)} in ${what}`;
    const swap = (text: string) => text.replaceAll(plain, () => value);
    assert.equal(actual[index]?.executed, false, `executed: ${hint}`);
    assert.deepEqual(actual[index]?.calls, expected.calls.map(swap).sort(), hint);
    assert.equal(actual[index]?.output, swap(expected.output), hint);
  });
}

test("a placeholder inside arithmetic is refused: bash would evaluate whatever is put there", () => {
  assert.equal(filled(analyseBlock("echo $(( <it> + 1 ))\n", "bash", parser), "plainvalue"), null);
});

test("no value executes, and none alters another argument, in any position", (context) => {
  assert.ok(new Set(values).size >= 100, `${values.length} values`);
  const chosen = share(values, 3);
  let ran = 0;
  for (const template of templates) {
    const analysis = analyseBlock(`${template}\n`, "bash", parser);
    assert.ok(analysis.placeholders.length > 0, `no placeholder is found in: ${template}`);
    const withPlain = filled(analysis, plain);
    assert.ok(withPlain !== null, `a plain value is refused in: ${template}`);
    const scripts = chosen.flatMap((value) => {
      const script = filled(analysis, value);
      return script === null ? [] : [[value, script] as const];
    });
    ran += scripts.length;
    requireSameCalls(template, withPlain, new Map(scripts));
  }
  const all = templates.length * chosen.length;
  context.diagnostic(
    `${templates.length} positions × ${chosen.length} values: ${ran} ran unharmed, ${all - ran} were refused`,
  );
  assert.ok(ran > all / 4, "most values are refused");
});
