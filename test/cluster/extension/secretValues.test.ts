import assert from "node:assert/strict";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { after, before, describe, it } from "node:test";
import { Connections } from "../../../src/cluster/connections.ts";
import { type PinnedTarget, pinTarget } from "../../../src/cluster/kubeconfig.ts";
import { kubeconfigSecrets, secretsOfRun } from "../../../src/cluster/secretValues.ts";
import { FileJournal } from "../../../src/journal/fileJournal.ts";
import { ownIdentity } from "../../../src/journal/processIdentity.ts";
import { planScript } from "../../../src/plan/planScript.ts";
import { emptyPreview } from "../../../src/plan/preview.ts";
import { PlanExecutor } from "../../../src/run/planExecutor.ts";
import { noRunbook } from "../../../src/run/preparedRun.ts";
import { Runs } from "../../../src/run/runs.ts";
import { hastyStop } from "../../../src/run/stopTimes.ts";
import { analyseBlock } from "../../../src/shell/analyseBlock.ts";
import { testShellParser } from "../../unit/shellParser.ts";
import { DemoBed } from "../demoBed.ts";

const password = "correct-Horse battery<&>staple";
const plainWord = "wintergreen";
const certificate = `-----BEGIN PRIVATE KEY-----\n${"q8Zr".repeat(16)}\n${"L0pT".repeat(16)}\n-----END PRIVATE KEY-----\n`;

const account = "--serviceaccount=pyairtable:podbook-secrets";

describe("The secrets of a run", { timeout: 240_000 }, () => {
  let demo: DemoBed;
  /** With the bed's client certificate, and with the token of a ServiceAccount. */
  let kubeconfigs: readonly string[];
  const connections = new Connections();
  const connect = (pinned: PinnedTarget, context: string) => connections.get(pinned, context);

  before(async () => {
    demo = await DemoBed.open();
    const bind = ["create", "clusterrolebinding", "podbook-secrets", "--clusterrole=cluster-admin"];
    await removeAll();
    await demo.inDemo("create", "serviceaccount", "podbook-secrets");
    await demo.kubectl([...bind, account]);
    const literals = [`--from-literal=PASSWORD=${password}`, `--from-literal=motto=${plainWord}`];
    await demo.inDemo(
      "create",
      "secret",
      "generic",
      "podbook-secrets",
      ...literals,
      `--from-literal=tls.key=${certificate}`,
    );
    const token = (await demo.inDemo("create", "token", "podbook-secrets")).trim();
    const config = JSON.parse(await demo.kubectl(["config", "view", "--raw", "--minify", "-o", "json"]));
    config.users[0].user = { token };
    const withToken = join(demo.folder, "token-kubeconfig");
    await writeFile(withToken, JSON.stringify(config));
    kubeconfigs = [demo.bed.kubeconfig, withToken];
  });
  after(async () => {
    await removeAll();
    demo.close();
  });

  async function removeAll(): Promise<void> {
    await demo.inDemo("delete", "secret,serviceaccount,role,rolebinding", "podbook-secrets", "--ignore-not-found");
    await demo.kubectl(["delete", "clusterrolebinding", "podbook-secrets", "--ignore-not-found"]);
  }

  /** What the viewer got, and all that is in the journal's files; `asked`: how often the cluster was asked for Secrets. */
  async function run(kubeconfig: string, script: string) {
    const pinned = await pinTarget([kubeconfig], { kubeconfig: "", context: "", namespace: "pyairtable" });
    const analysis = analyseBlock(script, "bash", await testShellParser());
    const plan = planScript({ title: "Secrets", analysis, directory: demo.folder, target: pinned.target });
    const folder = join(demo.folder, "runs");
    await mkdir(folder, { recursive: true });
    const runs = new Runs();
    let asked = 0;
    const executor = new PlanExecutor({
      runs,
      journal: async () =>
        new FileJournal({ folder, owner: await ownIdentity(), now: Date.now, onProblem: assert.fail }),
      connect,
      secrets: (prepared) =>
        secretsOfRun({
          ...prepared,
          connect: (...where) => {
            asked++;
            return connect(...where);
          },
        }),
      environment: { ...process.env, PATH: [demo.bed.binDir, process.env["PATH"]].join(delimiter) },
    });
    const shown: Uint8Array[] = [];
    let id = "";
    const execution = await executor.start(
      { plan, pinned, preview: emptyPreview, origin: noRunbook },
      (own, masked) => {
        id = own;
        shown.push(Buffer.from(JSON.stringify(masked)));
        return {
          output: ({ bytes }) => {
            shown.push(bytes);
          },
          command: (progress) => {
            shown.push(Buffer.from(JSON.stringify(progress)));
          },
          end: () => {},
        };
      },
    );
    shown.push(Buffer.from(JSON.stringify(execution.shown)));
    const { exitCode } = await execution.ended;
    await executor.stopAll(hastyStop);
    runs.dispose();
    const names = await readdir(join(folder, id));
    const files = await Promise.all(names.map((name) => readFile(join(folder, id, name))));
    const secrets = await kubeconfigSecrets(pinned.kubeconfig);
    return { exitCode, asked, secrets, text: Buffer.concat([...shown, ...files]).toString() };
  }

  /** No form in which the scripts below print a value. */
  function assertHides(text: string, values: readonly string[], script: string): void {
    for (const value of values) {
      for (const form of [value, Buffer.from(value).toString("base64"), Buffer.from(value, "base64").toString()]) {
        assert.ok(
          form.length < 6 || !text.includes(form),
          `${script} shows ${form.slice(0, 12)}…: ${text.slice(0, 2000)}`,
        );
      }
    }
  }

  const reads = [
    "kubectl get secret -o yaml",
    "kubectl get secret -o json",
    "kubectl get secret podbook-secrets -o jsonpath='{.data.PASSWORD}' | base64 -d; echo",
    "kubectl get secret podbook-secrets -o jsonpath='{.data.motto}' | base64 -d | sed 's/^/it is /'",
    "kubectl get secret podbook-secrets -o jsonpath='{.data.tls\\.key}' | base64 -d",
    "kubectl get secret podbook-secrets -o go-template='{{range $k, $v := .data}}{{$k}} {{$v | base64decode}} {{$v}}\n{{end}}'",
    "kubectl describe secret podbook-secrets",
    "kubectl get --raw /api/v1/namespaces/pyairtable/secrets",
    "for kind in secrets; do kubectl get $kind -o yaml; done",
  ];

  it("are in no file of the journal and not shown, whatever way Secrets are read", async () => {
    for (const kubeconfig of kubeconfigs) {
      for (const script of reads) {
        const { exitCode, text, asked } = await run(kubeconfig, `${script}\n`);
        assert.equal(exitCode, 0, text);
        assert.ok(asked > 0, script);
        assertHides(text, [password, plainWord, certificate, "demo-only"], script);
        assert.ok(!text.includes("q8Zr".repeat(16)) && !text.includes("L0pT".repeat(16)), script);
      }
    }
  });

  it("are those of the kubeconfig too, for which the cluster is not asked", async () => {
    for (const kubeconfig of kubeconfigs) {
      for (const script of [
        "kubectl config view --raw",
        "kubectl config view --raw --flatten",
        "kubectl config view --raw -o jsonpath='{.users[0].user}'",
        "kubectl config view --raw -o jsonpath='x{.users[0].user.token}{.users[0].user.client-key-data}x'",
        'cat "$KUBECONFIG"',
        'base64 -w0 < "$KUBECONFIG" | base64 -d',
      ]) {
        const { exitCode, text, secrets, asked } = await run(kubeconfig, `${script}\n`);
        assert.equal(exitCode, 0, text);
        assert.equal(asked, 0, script);
        assert.ok(secrets.length > 0);
        assertHides(text, secrets, script);
      }
    }
  });

  it("are those of the own namespace where not all may be read", async () => {
    const may = ["--verb=get,list", "--resource=secrets"];
    await demo.kubectl(["delete", "clusterrolebinding", "podbook-secrets"]);
    await demo.inDemo("create", "role", "podbook-secrets", ...may);
    await demo.inDemo("create", "rolebinding", "podbook-secrets", "--role=podbook-secrets", account);
    const [, withToken = ""] = kubeconfigs;
    const script = `kubectl get secrets -A\nkubectl get secret podbook-secrets -o jsonpath='{.data.motto}' | base64 -d\n`;
    const { exitCode, text } = await run(withToken, script);
    assert.equal(exitCode, 0);
    assert.match(text, /forbidden/i);
    assertHides(text, [plainWord], script);
  });

  it("leave what is no secret as it is", async () => {
    const { text } = await run(demo.bed.kubeconfig, "kubectl get secret postgres-credentials; kubectl get pods\n");
    assert.match(text, /^postgres-credentials +Opaque/m);
    assert.match(text, /^postgres-0 +1\/1 +Running/m);
  });

  it("hold a run up no longer than the cluster answers, and are none where it refuses", async () => {
    const pinned = await pinTarget([demo.bed.kubeconfig], { kubeconfig: "", context: "", namespace: "pyairtable" });
    const analysis = analyseBlock("kubectl get secrets -A\n", "bash", await testShellParser());
    const plan = planScript({ title: "t", analysis, directory: "/", target: pinned.target });
    const begun = performance.now();
    const silent = await secretsOfRun({ plan, pinned, connect: () => new Promise(() => {}) });
    assert.ok(performance.now() - begun < 10_000);
    assert.deepEqual(silent, await kubeconfigSecrets(pinned.kubeconfig));
    const closed = { ...pinned, server: "https://127.0.0.1:1" };
    assert.deepEqual(
      await secretsOfRun({
        plan,
        pinned: closed,
        connect: (own, name) => connections.get({ ...own, kubeconfig: `${own.kubeconfig} ` }, name),
      }),
      silent,
    );
  });
});
