import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { createServer as createHttpServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import { after, before, describe, it } from "node:test";
import { Connection } from "../../../src/cluster/connection.ts";
import { Gateway } from "../../../src/cluster/gateway/gateway.ts";
import { gatewayEnvironment } from "../../../src/cluster/gateway/gatewayEnvironment.ts";
import { UserProxies } from "../../../src/cluster/gateway/userProxies.ts";
import { pinTarget } from "../../../src/cluster/kubeconfig.ts";
import { DemoBed, type Result } from "../demoBed.ts";
import { SilentPod } from "./silentPod.ts";

const health = "http://api-gateway.pyairtable.svc.cluster.local:8080/health";

describe("The gateway", { timeout: 240_000 }, () => {
  let demo: DemoBed;
  let connection: Connection;
  let gateway: Gateway;

  before(async () => {
    demo = await DemoBed.open();
    const choice = { kubeconfig: "", context: "", namespace: "pyairtable" };
    connection = new Connection(await pinTarget([demo.bed.kubeconfig], choice));
    gateway = await open();
  });
  after(async () => {
    await gateway.close();
    demo.close();
  });

  function open(own: NodeJS.ProcessEnv = {}, script = ""): Promise<Gateway> {
    const proxies = new UserProxies(own);
    return Gateway.open({ reach: async () => connection.services, proxies, namespace: "pyairtable", script });
  }

  /** Runs a script as a block of a runbook would run, with a gateway of its own environment. */
  async function bash(script: string, own: NodeJS.ProcessEnv = {}, through = gateway): Promise<Result> {
    const apiServer = connection.pinned.server;
    const env = { PATH: process.env["PATH"], HOME: demo.folder, ...own };
    const more = gatewayEnvironment(env, { url: through.url, apiServer, script });
    const child = spawn("bash", ["-c", `exec 2>&1\n${script}`], { env: { ...env, ...more }, timeout: 60_000 });
    const [out, [code]] = await Promise.all([buffer(child.stdout), once(child, "close") as Promise<[number | null]>]);
    return { code, out: out.toString() };
  }

  it("reaches services by all the names they have in the cluster", async () => {
    for (const host of [
      "api-gateway.pyairtable.svc.cluster.local",
      "api-gateway.pyairtable.svc.cluster.local.",
      "api-gateway.pyairtable.svc",
      "api-gateway.pyairtable",
      "API-Gateway.PyAirtable.svc",
    ]) {
      const { code, out } = await bash(`curl -sS -f -m 20 http://${host}:8080/health`);
      assert.equal(code, 0, `${host}: ${out}`);
      assert.equal(JSON.parse(out).status, "ok", host);
    }
  });

  it("says what cannot be reached and why, with the exit codes that curl has for it", async () => {
    const missing = await bash("curl -sS http://nothing-here.pyairtable.svc:8080/");
    assert.deepEqual(missing, { code: 0, out: "Podbook: There is no service nothing-here in namespace pyairtable.\n" });
    const port = await bash("curl -sS http://api-gateway.pyairtable.svc:9999/");
    assert.match(port.out, /Service api-gateway\.pyairtable has no port 9999; it has 8080/);
    await demo.inDemo("scale", "deployment/api-gateway", "--replicas=0");
    await demo.inDemo("wait", "--for=delete", "pod", "-l", "app=api-gateway", "--timeout=30s");
    try {
      const { out } = await bash(
        `until curl -s ${health} | grep 'No pod of service'; do sleep 0.1; done; curl -s -o /dev/null -w '%{http_code}\\n' ${health}; curl -sf ${health}; echo $?`,
      );
      assert.match(out, /^Podbook: No pod of service api-gateway\.pyairtable is ready \(there is none\)\.\n503\n22\n$/);
    } finally {
      await demo.restore();
    }
  });

  it("answers a hundred requests at once, over connections that are used again", async () => {
    const script = `seq 100 | xargs -P 100 -I{} curl -sS -o /dev/null -w '%{http_code}\\n' ${health} | sort | uniq -c`;
    const { out } = await bash(script);
    assert.match(out, /^ *100 200\n$/);
  });

  it("breaks the connection of a client whose pod dies, and sends the next request to another", async () => {
    const { out } = await bash(
      `curl -sS -o /dev/null ${health} && for i in 1 2 3 4 5 6 7 8; do curl -s -o /dev/null -w '%{http_code} ' -m 10 ${health}; [ $i = 3 ] && "${demo.bed.kubectl}" --kubeconfig "${demo.bed.kubeconfig}" -n pyairtable delete pod -l app=api-gateway --wait=false --field-selector metadata.name="$("${demo.bed.kubectl}" --kubeconfig "${demo.bed.kubeconfig}" -n pyairtable get pods -l app=api-gateway -o jsonpath='{.items[0].metadata.name}')" > /dev/null; sleep 0.3; done`,
    );
    const codes = out.trim().split(" ");
    assert.equal(codes.at(-1), "200", out);
    assert.ok(
      codes.every((code) => code === "200" || code === "000"),
      out,
    );
    await demo.well();
  });

  it("breaks the connection of a client that waits for a pod which is gone without a word, within 3 s", async () => {
    const gone = `"${demo.bed.kubectl}" --kubeconfig "${demo.bed.kubeconfig}" -n pyairtable delete pod -l app=api-gateway --now > /dev/null`;
    // The connections are used before, so that they are there when the pods go.
    const { out } = await bash(
      `curl -sS -o /dev/null ${health} && curl -sS -o /dev/null ${health} && ${gone}; curl -sS -m 20 -w '%{time_total}' -o /dev/null ${health}; echo " $?"`,
    );
    const seconds = Number(/([\d.]+) \d+\s*$/.exec(out)?.[1]);
    assert.ok(seconds < 3, out);
    await demo.well();
  });

  it("tells a pod from an earlier one of its name, a dead one from a slow one, and half an answer from a whole one", async () => {
    const pod = await SilentPod.open(demo);
    const get = (path: string) => bash(`curl -s -m 20 ${pod.url}${path}; echo " $?"`);
    try {
      const { out } = await bash(`until curl -sf ${pod.url}/; do sleep 0.1; done`);
      assert.equal(out, "well");
      await pod.delete();
      await pod.create();
      assert.equal(
        (await bash(`until curl -sf -m 15 ${pod.url}/; do [ $? = 28 ] && break; sleep 0.1; done`)).out,
        "well",
      );
      assert.equal((await get("/slow")).out, "slow 0\n", "it lives");
      const come = pod.asked.length;
      const waiting = [get("/hangs"), get("/begun")];
      await pod.sees(come + 2);
      await pod.delete();
      const [hangs, begun] = await Promise.all(waiting);
      assert.match(hangs?.out ?? "", /^ (52|56)\n$/, "a reset");
      assert.match(begun?.out ?? "", /^half (18|56)\n$/, "a reset");
    } finally {
      await pod.close();
    }
  });

  it("leaves everything else as it is without it", async () => {
    const other = createHttpServer((_request, response) => response.end("other\n")).listen(0, "127.0.0.1");
    await once(other, "listening");
    const { port } = other.address() as AddressInfo;
    try {
      assert.deepEqual(await bash(`curl -sS http://127.0.0.1:${port}/; curl -sS http://localhost:${port}/`), {
        code: 0,
        out: "other\nother\n",
      });
      // As a host that is only known at run time, and by the user's own proxy.
      const proxy = await open({ http_proxy: `http://127.0.0.1:${port}`, no_proxy: ".svc" });
      try {
        const own = { http_proxy: `http://127.0.0.1:${port}`, no_proxy: ".svc,.cluster.local" };
        assert.deepEqual(await bash("h=example.invalid; curl -sS http://$h/", own, proxy), { code: 0, out: "other\n" });
        assert.equal((await bash(`curl -sS -f ${health}`, own, proxy)).code, 0);
      } finally {
        await proxy.close();
      }
      assert.notEqual((await bash("h=example.invalid; curl -sS http://$h/")).code, 0);
      const pods = await bash(`"${demo.bed.kubectl}" --kubeconfig "${demo.bed.kubeconfig}" get ns pyairtable -o name`);
      assert.deepEqual(pods, { code: 0, out: "namespace/pyairtable\n" });
    } finally {
      other.close();
      other.closeAllConnections();
    }
  });

  it("reaches services by a named targetPort, on another port, without one address, and over CONNECT", async () => {
    const pods = await demo.inDemo("get", "pods", "-l", "app=api-gateway", "-o", "name");
    assert.ok(pods.trim().split("\n").length > 1, "several replicas");
    const ports = [
      { name: "web", port: 80, targetPort: "http" },
      { name: "alt", port: 8000, targetPort: 8080 },
      { name: "dns", port: 8001, protocol: "UDP", targetPort: 8080 },
    ];
    const spec = { selector: { app: "api-gateway" }, ports };
    const services = [
      { metadata: { name: "ported" }, spec },
      { metadata: { name: "headless" }, spec: { ...spec, clusterIP: "None" } },
      { metadata: { name: "outside" }, spec: { type: "ExternalName", externalName: "example.com" } },
    ].map((one) => ({ apiVersion: "v1", kind: "Service", ...one }));
    const file = join(demo.folder, "services.json");
    writeFileSync(file, JSON.stringify({ apiVersion: "v1", kind: "List", items: services }));
    await demo.inDemo("apply", "-f", file);
    try {
      const get = (url: string) =>
        `until curl -sSf -o /dev/null -m 20 ${url} 2> /dev/null; do sleep 0.1; done; echo ok`;
      assert.equal((await bash(get("http://ported.pyairtable.svc/health"))).out, "ok\n");
      assert.equal((await bash(get("http://ported.pyairtable.svc:8000/health"))).out, "ok\n");
      assert.equal((await bash(get("-p http://ported.pyairtable.svc/health"))).out, "ok\n", "as https:// URLs go");
      assert.equal((await bash(get("http://headless.pyairtable.svc:8080/health"))).out, "ok\n");
      const udp = await bash("curl -s http://ported.pyairtable.svc:8001/");
      assert.match(udp.out, /has no port 8001; it has 80 \(web\), 8000 \(alt\)/);
      assert.match((await bash("curl -s http://outside.pyairtable.svc/")).out, /stands for example\.com/);
    } finally {
      await demo.inDemo("delete", "-f", file);
    }
  });

  it("reaches another namespace only for a run that names it", async () => {
    const kubernetes = "http://kubernetes.default.svc:443/";
    assert.match((await bash(`curl -s -o /dev/null -w '%{http_code}' ${kubernetes}`)).out, /^403$/);
    const naming = await open({}, `curl ${kubernetes}`);
    try {
      // Allowed now, and then told what it is: no pods stand behind the API server's own service.
      assert.match((await bash(`curl -s ${kubernetes}`, {}, naming)).out, /is no pod of its namespace/);
    } finally {
      await naming.close();
    }
  });

  it("leaves nothing open", async () => {
    const before = process
      .getActiveResourcesInfo()
      .filter((one) => one === "TCPSocketWrap" || one === "TCPServerWrap").length;
    for (let round = 0; round < 20; round++) {
      const one = await open();
      assert.equal(
        (await bash(`curl -sS -f -o /dev/null ${health} & curl -sS -f -o /dev/null ${health}; wait`, {}, one)).code,
        0,
      );
      await one.close();
    }
    const now = () =>
      process.getActiveResourcesInfo().filter((one) => one === "TCPSocketWrap" || one === "TCPServerWrap").length;
    for (const deadline = Date.now() + 5000; now() > before && Date.now() < deadline; ) await new Promise(setImmediate);
    assert.ok(now() <= before, `${now()} sockets, ${before} before`);
  });
});
