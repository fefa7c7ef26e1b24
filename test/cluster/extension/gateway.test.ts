import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer as createHttpServer } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { buffer } from "node:stream/consumers";
import { after, before, describe, it } from "node:test";
import { Connection } from "../../../src/cluster/connection.ts";
import { Gateway } from "../../../src/cluster/gateway/gateway.ts";
import { gatewayEnvironment } from "../../../src/cluster/gateway/gatewayEnvironment.ts";
import { UserProxies } from "../../../src/cluster/gateway/userProxies.ts";
import { pinTarget } from "../../../src/cluster/kubeconfig.ts";
import { DemoBed, type Result } from "../demoBed.ts";

const health = "http://api-gateway.pyairtable.svc.cluster.local:8080/health";

describe("The gateway", { timeout: 240_000 }, () => {
  let demo: DemoBed;
  let connection: Connection;
  let gateway: Gateway;

  before(async () => {
    demo = await DemoBed.open("test-extension");
    const choice = { kubeconfig: "", context: "", namespace: "pyairtable" };
    connection = new Connection(await pinTarget([demo.bed.kubeconfig], choice));
    gateway = await open();
  });
  after(async () => {
    await gateway.close();
    await demo.close();
  });

  function open(own: NodeJS.ProcessEnv = {}): Promise<Gateway> {
    return Gateway.open({ reach: async () => connection.services, proxies: new UserProxies(own) });
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

  it("passes methods, bodies, headers and statuses on as they are", async () => {
    const echo = createHttpServer(async (request, response) => {
      const body = await buffer(request);
      const { method, url, headers } = request;
      response.writeHead(418, "Teapot", { "X-Two": ["a", "b"] });
      response.end(JSON.stringify({ method, url, headers, body: body.toString("base64") }));
    }).listen(0, "127.0.0.1");
    await once(echo, "listening");
    const { port } = echo.address() as AddressInfo;
    const local = await Gateway.open({
      reach: async () => ({
        find: async () => [{ namespace: "n", pod: "p", port }],
        open: async () => connect(port, "127.0.0.1"),
      }),
      proxies: new UserProxies({}),
    });
    try {
      const script = `printf 'a\\0b' | curl -sS -i -X PATCH -H 'X-Odd: ü' -H 'Expect:' --data-binary @- 'http://s.n.svc/p%2Fq?x=1&y=%20'`;
      const { out } = await bash(script, {}, local);
      const [head = "", json = ""] = out.split("\r\n\r\n");
      assert.match(head, /^HTTP\/1\.1 418 Teapot/);
      assert.match(head, /X-Two: a\r\nX-Two: b/);
      const { method, url, headers, body } = JSON.parse(json);
      assert.deepEqual([method, url, headers.host, body], ["PATCH", "/p%2Fq?x=1&y=%20", "s.n.svc", "YQBi"]);
      assert.equal(headers["proxy-authorization"], undefined, "the credential stays here");
      assert.equal(headers["proxy-connection"], undefined);
    } finally {
      await local.close();
      echo.close();
      echo.closeAllConnections();
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

  it("refuses what is hostile", async () => {
    const { username, password, port } = new URL(gateway.url);
    const credential = `Proxy-Authorization: Basic ${Buffer.from(`${username}:${password}`).toString("base64")}\r\n`;
    const wrong = `Proxy-Authorization: Basic ${Buffer.from("podbook:wrong").toString("base64")}\r\n`;
    const service = "api-gateway.pyairtable.svc:8080";
    const hosts = [
      "169.254.169.254",
      "169.254.170.2",
      "metadata.google.internal",
      "localhost",
      "127.0.0.1",
      "127.8.8.8",
      "0.0.0.0",
      "[::1]",
      "[::]",
      "[fe80::1]",
      "[::ffff:127.0.0.1]",
      "[fd00:ec2::254]",
      "2130706433",
      "0x7f.1",
      `127.0.0.1:${port}`,
      "metadata",
      "a.localhost",
    ];
    const requests: readonly (readonly [string, RegExp])[] = [
      ...hosts.flatMap((host) => [
        [
          `GET http://${host}/latest/meta-data HTTP/1.1\r\nHost: ${host}\r\n${credential}\r\n`,
          /^HTTP\/1\.1 (403|400) /,
        ] as const,
        [
          `CONNECT ${/:\d+$/.test(host) ? host : `${host}:80`} HTTP/1.1\r\nHost: ${host}\r\n${credential}\r\n`,
          /^HTTP\/1\.1 (403|400|502) /,
        ] as const,
      ]),
      ...["", wrong, "Proxy-Authorization: Bearer x\r\n", credential.replace("Proxy-", "")].flatMap((header) => [
        [`GET http://${service}/health HTTP/1.1\r\nHost: x\r\n${header}\r\n`, /^HTTP\/1\.1 407 /] as const,
        [`CONNECT ${service} HTTP/1.1\r\nHost: x\r\n${header}\r\n`, /^HTTP\/1\.1 407 /] as const,
        [
          `POST http://${service}/health HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n${header}\r\n`,
          /^HTTP\/1\.1 407 /,
        ] as const,
      ]),
      ...[
        "GET /health HTTP/1.1\r\nHost: api-gateway.pyairtable.svc:8080",
        "GET * HTTP/1.1\r\nHost: x",
        "GET ftp://api-gateway.pyairtable.svc/ HTTP/1.1\r\nHost: x",
        "GET file:///etc/passwd HTTP/1.1\r\nHost: x",
        "GET https://api-gateway.pyairtable.svc/ HTTP/1.1\r\nHost: x",
        "CONNECT api-gateway.pyairtable.svc HTTP/1.1\r\nHost: x",
        "CONNECT @api-gateway.pyairtable.svc:80 HTTP/1.1\r\nHost: x",
        "CONNECT api-gateway.pyairtable.svc:99999999 HTTP/1.1\r\nHost: x",
        `GET http://${service}/ HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nTransfer-Encoding: chunked`,
        `GET http://${service}/ HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nContent-Length: 4`,
        `GET http://${service}/ HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked, identity`,
        `GET http://${service}/ HTTP/1.1\r\nHost : x`,
        `GET http://${service}/ HTTP/1.1\r\nHost: x\r\n folded: y`,
        `GET http://${service}/ HTTP/1.1\r\nHost: x\r\nX: a\0b`,
        `GET http://${service}/\0 HTTP/1.1\r\nHost: x`,
        `GET http://${service}/ HTTP/1.1\r\nHost: x\r\nX: ${"a".repeat(40_000)}`,
        `GET http://${service}/${"a".repeat(40_000)} HTTP/1.1\r\nHost: x`,
        `G\x01T http://${service}/ HTTP/1.1\r\nHost: x`,
        `GET http://${service}/ HTTP/9.9\r\nHost: x`,
      ].map((head) => [`${head}\r\n${credential}\r\n`, /^HTTP\/1\.1 (4\d\d|502) /] as const),
    ];
    assert.ok(requests.length >= 64, `${requests.length} requests`);
    for (const [request, expected] of requests) {
      const answer = await raw(Number(port), request);
      assert.match(answer, expected, JSON.stringify(request.slice(0, 200)));
    }
    assert.equal((await bash(`curl -sS -f -o /dev/null ${health}`)).code, 0, "it still works");
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

/** What is answered to raw bytes until the other side ends, or what has come when it falls silent. */
async function raw(port: number, request: string): Promise<string> {
  const socket = connect({ port, host: "127.0.0.1" });
  let answer = "";
  socket.setEncoding("latin1").on("data", (text: string) => {
    answer += text;
  });
  // A refusal may cut the connection while the request is still being written.
  socket.on("error", () => {});
  socket.setTimeout(5000, () => socket.destroy());
  socket.write(Buffer.from(request, "latin1"));
  await once(socket, "close");
  return answer;
}
