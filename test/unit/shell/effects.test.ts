import assert from "node:assert/strict";
import { test } from "node:test";
import { analyseBlock } from "../../../src/shell/analyseBlock.ts";
import type { EffectRow } from "../../../src/shell/analysis.ts";
import { analyse, parser } from "./shellParser.ts";

function reasons(text: string): string[] {
  return analyse(text).commands.flatMap((command) => command.reasons);
}

test("reasons say what happens to what", () => {
  const said: Record<string, string[]> = {
    "kubectl delete pod -l app=api-gateway": ["deletes pods with app=api-gateway"],
    "kubectl delete pod web-0": ["deletes pod web-0"],
    "kubectl delete pods web-0 web-1": ["deletes pods web-0, web-1"],
    "kubectl delete pods --all": ["deletes all pods"],
    "kubectl delete pod <pod-name>": ["deletes pod <pod-name>"],
    "kubectl delete -f pod.yaml": ["deletes what pod.yaml describes"],
    "kubectl scale deployment web --replicas=0": ["scales deployment web to 0"],
    "kubectl scale deployment web --replicas=$N": ["scales deployment web to --replicas=$N"],
    "kubectl rollout restart deployment/web": ["restarts deployment web"],
    "kubectl drain node-1": ["evicts every pod from node node-1"],
    "./fix.sh": ["cannot tell what ./fix.sh does"],
    "frobnicate --all": ["cannot tell what frobnicate does"],
    "kubectl exec -it web-0 -- bash": ["cannot tell what is typed into bash in web-0"],
    "kubectl exec web-0 -- rm -rf /tmp/x": ["removes -rf in web-0"],
    "$KUBECTL get pods": ["cannot tell what $KUBECTL runs"],
    "echo hi > out.txt": ["writes out.txt"],
    "ssh node-1 sudo systemctl restart kubelet": ["restarts kubelet on node-1"],
    "curl -X DELETE http://x/y": ["sends an HTTP DELETE"],
    "k get pods; alias k=kubectl": ["cannot tell what the alias k runs"],
    'psql -c "DROP TABLE x"': ["runs DROP in the database"],
    "x=$(mktemp -d)": ["makes a temporary file or folder"],
    'for x in a b; do kubectl rollout resume "deploy/$x"; done': ["resumes the rollout of deployment $x"],
  };
  said["kubectl exec web-0 -- rm -rf /tmp/x"] = ["removes /tmp/x in web-0"];
  for (const [text, expected] of Object.entries(said)) assert.deepEqual(reasons(text), expected, text);
});

test("the worst reason comes first, and none is said twice", () => {
  assert.deepEqual(reasons("touch x && rm x && rm x && kubectl delete ns y"), [
    "removes x",
    "deletes namespace y",
    "makes x, or changes its time",
  ]);
});

test("calls are found wherever they stand, with what runs them", () => {
  const [command] = analyse("sudo timeout 5 kubectl get po | xargs -n1 sh -c 'kubectl delete pod $0'").commands;
  assert.deepEqual(
    command?.calls.map(({ program, effect }) => `${program} ${effect}`),
    ["sudo read", "timeout read", "kubectl read", "xargs destroy", "sh destroy", "kubectl destroy"],
  );
  const [remote] = analyse("ssh node-1 'kubectl get pods'; kubectl get pods").commands;
  assert.deepEqual(
    remote?.calls.map(({ program, where }) => `${program} ${where}`),
    ["ssh here", "kubectl elsewhere"],
  );
});

test("words have their values, texts and places", () => {
  const script = "kubectl get 'po' -n \"$NS\" <pod> /usr/bin/x";
  const call = analyse(script).commands[0]?.calls[0];
  assert.deepEqual(
    call?.args.map(({ text, literal, start, end }) => [text, literal, script.slice(start, end)]),
    [
      ["get", "get", "get"],
      ["'po'", "po", "'po'"],
      ["-n", "-n", "-n"],
      ['"$NS"', null, '"$NS"'],
      ["<pod>", null, "<pod>"],
      ["/usr/bin/x", "/usr/bin/x", "/usr/bin/x"],
    ],
  );
});

test("functions have the effects of their bodies, where they are called", () => {
  const { commands } = analyse("f() { rm x; }\nf\ng() { kubectl get pods; }\ng; h() { h; }; h");
  assert.deepEqual(
    commands.map(({ effect }) => effect),
    ["read", "destroy", "read", "read", "read", "read"],
  );
});

test("a variable is resolved only where its value is sure", () => {
  const effects = (text: string) => analyse(text).commands.at(-1)?.effect;
  assert.equal(effects("K='kubectl -n x'\n$K get pods"), "read");
  assert.equal(effects("K=kubectl; export K\n$K get pods"), "read");
  assert.equal(effects("$K get pods"), "change");
  assert.equal(effects("$K get pods; K=kubectl; $K get pods"), "read");
  for (const text of [
    "if x; then K=kubectl; fi\n$K get pods",
    "K=kubectl; K=rm\n$K get pods",
    "K=kubectl; read K\n$K get pods",
    "K=kubectl; eval x\n$K get pods",
    "K=kubectl; for K in a; do :; done\n$K get pods",
    `K=\${KUBECTL:-kubectl}\n$K get pods`,
    "K+=kubectl\n$K get pods",
  ]) {
    assert.equal(effects(text), "change", text);
  }
});

test("rows of a setting go before the table", () => {
  const rows: EffectRow[] = [
    { program: "./health-check.sh", effect: "read" },
    { program: "frob|frobnicate", args: ["list"], effect: "read" },
    { program: "frob|frobnicate", args: ["--wipe"], effect: "destroy", reason: "wipes {1}" },
    { program: "kubectl", args: ["get"], effect: "change", reason: "is logged" },
    { program: "tool", args: ["-o=json|yaml"], effect: "read" },
  ];
  const effects = (text: string) =>
    analyseBlock(text, "bash", parser, rows).commands.map(({ effect, reasons: why }) => [effect, ...why]);
  assert.deepEqual(effects("./health-check.sh post"), [["read"]]);
  assert.deepEqual(effects("frob list"), [["read"]]);
  assert.deepEqual(effects("frobnicate list --wipe"), [["destroy", "wipes list"]]);
  assert.deepEqual(effects("frob wipe"), [["change", "cannot tell what frob does"]]);
  assert.deepEqual(effects("sudo kubectl get pods"), [["change", "is logged"]]);
  assert.deepEqual(effects("tool -o yaml; tool -ojson; tool -o x"), [
    ["read"],
    ["read"],
    ["change", "cannot tell what tool does"],
  ]);
});

test("a dry run of kubectl is a read, a dry run of nothing is not", () => {
  const effect = (text: string) => analyse(text).commands[0]?.effect;
  for (const verb of ["delete pod x", "apply -f x", "scale deploy x --replicas=0", "drain n", "label pod x a=b"]) {
    assert.equal(effect(`kubectl ${verb} --dry-run=server`), "read", verb);
    assert.equal(effect(`kubectl ${verb} --dry-run=client`), "read", verb);
    assert.notEqual(effect(`kubectl ${verb} --dry-run=none`), "read", verb);
    assert.notEqual(effect(`kubectl ${verb} --dry-run=$MODE`), "read", verb);
    assert.notEqual(effect(`kubectl ${verb} --dry-run=client --dry-run=none`), "read", verb);
  }
  assert.notEqual(effect("kubectl exec x --dry-run=client -- rm y"), "read");
});
