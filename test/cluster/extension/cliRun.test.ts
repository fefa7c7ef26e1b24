import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { after, before, describe, it } from "node:test";
import { BuiltCli, type CliResult } from "../../unit/cli/builtCli.ts";
import { Pty } from "../../unit/cli/pty.ts";
import { DemoBed } from "../demoBed.ts";

describe("podbook run on a cluster", { timeout: 240_000 }, () => {
  let demo: DemoBed;
  let cli: BuiltCli;
  let runbook: string;

  before(async () => {
    cli = await BuiltCli.build();
    demo = await DemoBed.open();
    const path = [demo.bed.binDir, process.env["PATH"]].join(delimiter);
    Object.assign(cli.environment, { KUBECONFIG: demo.bed.kubeconfig, PATH: path });
    runbook = join(demo.bed.checkout, "demo/runbooks/runbook-pod-failures.md");
  });
  after(async () => {
    cli.remove();
    demo.close();
  });

  /** Runs a block of the demo's runbook, by its line. */
  function run(line: number, ...more: string[]): Promise<CliResult> {
    return cli.run(["run", runbook, "--line", String(line), ...more]);
  }

  /** The name of a pod of the demo. */
  async function podOf(app: string): Promise<string> {
    return (await demo.inDemo("get", "pods", "-l", `app=${app}`, "-o", "jsonpath={.items[0].metadata.name}")).trim();
  }

  function written(name: string, text: string): string {
    const file = join(cli.folder, name);
    writeFileSync(file, `# Book\n\n\`\`\`bash\n${text}\n\`\`\`\n`);
    return file;
  }

  it("shows both gateway pods and reaches the service through the gateway, in the first block of the runbook", async () => {
    const { status, out, errors } = await run(17);
    assert.equal(status, 0, errors);
    assert.equal(out.match(/^api-gateway-\S+ +1\/1 +Running/gm)?.length, 2, out);
    assert.match(out, /"status":\s*"ok"/);
    assert.match(Buffer.from(errors, "latin1").toString(), /^▶ .*Detection \[\S+\/\S+\]\n⏵ kubectl get pods/);
  });

  it("writes the run down whole", async () => {
    const before = new Set(existsSync(cli.journal) ? readdirSync(cli.journal) : []);
    const { out } = await run(17);
    const [id = ""] = readdirSync(cli.journal).filter((name) => !before.has(name));
    assert.equal(readFileSync(join(cli.journal, id, "output"), "latin1"), out);
    const [start, ...events] = readFileSync(join(cli.journal, id, "record.jsonl"), "utf8")
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    assert.equal(start.origin.runbook, runbook);
    assert.equal(start.commands.length, 3);
    const statuses = events.flatMap((event) => (event.type === "end" ? [event.status] : []));
    assert.deepEqual(statuses, [0, 0, 0]);
    const ended = events.at(-1);
    assert.deepEqual(
      [ended.type, ended.outcome, ended.exitCode, ended.outputBytes],
      ["ended", "exited", 0, out.length],
    );
  });

  it("keeps the context's own namespace unless it is told another", async () => {
    const file = written("namespace.md", "kubectl config view --minify -o jsonpath='{..namespace}'");
    assert.equal((await cli.run(["run", "--raw", file, "--namespace", "pyairtable"])).out, "pyairtable");
    assert.equal((await cli.run(["run", "--raw", file])).out, "default");
    const wrong = await cli.run(["run", "--raw", file, "--context", "none"]);
    assert.deepEqual([wrong.status, wrong.out], [2, ""]);
    assert.match(wrong.errors, /The context "none" is not in .* Say --context with one of: \S+\.\n$/);
  });

  it("changes nothing without --yes, and with it what was counted before", async () => {
    const pod = await podOf("auth-service");
    const file = written("delete.md", "kubectl delete pod -n pyairtable <pod-name> --wait=false");
    const value = ["--set", `pod-name=${pod}`];
    const refused = await cli.run(["run", file, ...value]);
    assert.deepEqual([refused.status, refused.out], [2, ""]);
    assert.match(refused.errors, /"Book" destroys something on .* say --yes/);
    assert.equal(await podOf("auth-service"), pod);
    const agreed = await cli.run(["run", file, ...value, "--yes"]);
    assert.equal(agreed.status, 0, agreed.errors);
    assert.match(Buffer.from(agreed.errors, "latin1").toString(), /→ deletes 1 of \d+ ready auth-service pods?/);
    assert.match(agreed.out, /^pod "\S+" deleted/);
    await demo.well();
  });

  it("wants the name of a protected context besides --yes", async () => {
    const file = written("label.md", "kubectl label pods -n pyairtable --all podbook-cli=1");
    const context = (await demo.kubectl(["config", "current-context"])).trim();
    const args = ["run", file, "--yes", "--protected", context.toUpperCase()];
    const refused = await cli.run(args);
    assert.equal(refused.status, 2);
    assert.match(
      refused.errors,
      new RegExp(`${context} is protected\\. To run it, say --confirm-context ${context}\\n`),
    );
    assert.equal(await demo.inDemo("get", "pods", "-l", "podbook-cli", "-o", "name"), "");
    const wrong = await cli.run([...args, "--confirm-context", "other"]);
    assert.equal(wrong.status, 2);
    const agreed = await cli.run([...args, "--confirm-context", context]);
    assert.equal(agreed.status, 0, agreed.errors);
    assert.notEqual(await demo.inDemo("get", "pods", "-l", "podbook-cli", "-o", "name"), "");
    await demo.inDemo("label", "pods", "--all", "podbook-cli-");
  });

  it("offers at a terminal what the cluster has for a placeholder", {
    skip: process.platform === "linux" ? false : "script(1) of util-linux makes the terminal",
  }, async () => {
    const pod = await podOf("api-gateway");
    const file = written("logs.md", "kubectl get pod -n pyairtable <pod-name> -o name");
    const pty = new Pty(cli, ["run", "--raw", "--namespace", "pyairtable", file]);
    await pty.answer("<pod-name> (a number, or the value itself): ", "");
    const number = new RegExp(`^ +(\\d+) {2}${pod} +Running · 1/1 ready$`, "m").exec(pty.text)?.[1];
    assert.ok(number, pty.text);
    pty.type(`${number}\n`);
    assert.equal(await pty.ended(), 0, pty.text);
    assert.match(pty.text, new RegExp(`\npod/${pod}\n$`));
  });
});
