import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { brokenAspects, failureKinds, injection, possibleFailures } from "../../../src/drill/failure.ts";
import { analyseBlock } from "../../../src/shell/analyseBlock.ts";
import { testShellParser } from "../shellParser.ts";
import { databaseTarget, gateway, gatewayTarget } from "./states.ts";

const parser = await testShellParser();

describe("The failures of a drill", () => {
  it("are those that the workload can be given, and the history can mend", () => {
    assert.deepEqual(possibleFailures(gatewayTarget), [
      "kill-one",
      "kill-all",
      "crash-loop",
      "not-ready",
      "scale-to-zero",
    ]);
    assert.deepEqual(possibleFailures(databaseTarget).at(-1), "database-down");
    assert.deepEqual(possibleFailures({ ...gatewayTarget, pods: [] }), []);
    const kept = possibleFailures({ ...gatewayTarget, state: { ...gateway, revisions: {} } });
    assert.deepEqual(kept, ["kill-one", "kill-all", "scale-to-zero"]);
    const daemons = { ...gateway, kind: "daemonset", replicas: null, strategy: null } as const;
    assert.deepEqual(possibleFailures({ ...gatewayTarget, state: daemons }), ["kill-one", "kill-all"]);
  });

  it("are ordinary kubectl commands", () => {
    const script = (kind: (typeof failureKinds)[number]) => injection(kind, gatewayTarget).script;
    assert.equal(script("kill-one"), "kubectl delete pod/api-gateway-1 -n pyairtable --wait=false\n");
    assert.equal(script("kill-all"), "kubectl delete pods -n pyairtable -l app=api-gateway --wait=false\n");
    assert.equal(script("scale-to-zero"), "kubectl scale deployment/api-gateway -n pyairtable --replicas=0\n");
    assert.match(script("crash-loop"), /^kubectl patch deployment\/api-gateway -n pyairtable --type=strategic -p '\{/);
    assert.match(script("crash-loop"), /"type":"Recreate".*"command":\["\/bin\/sh","-c","exit 1"\]/);
    assert.match(script("not-ready"), /"readinessProbe":\{"\$patch":"replace","tcpSocket":\{"port":1\}\}/);
    assert.doesNotMatch(injection("crash-loop", databaseTarget).script, /strategy":\{/);
  });

  it("are read as changes of the workload, each one command", () => {
    for (const kind of failureKinds) {
      const { commands, syntaxErrors } = analyseBlock(injection(kind, gatewayTarget).script, "bash", parser);
      assert.deepEqual([commands.length, syntaxErrors.length], [1, 0], kind);
      assert.notEqual(commands[0]?.effect, "read", kind);
    }
  });

  it("quote what the cluster has given them", () => {
    const { script } = injection("kill-all", { ...gatewayTarget, selector: "app in (a,b),x='; rm -rf /'" });
    assert.equal(script, `kubectl delete pods -n pyairtable -l 'app in (a,b),x='\\''; rm -rf /'\\''' --wait=false\n`);
  });

  it("say what they break beyond pods", () => {
    assert.deepEqual(
      failureKinds.map((kind) => brokenAspects(kind).join("+")),
      ["", "", "template+strategy", "template+strategy", "replicas", "replicas"],
    );
  });
});
