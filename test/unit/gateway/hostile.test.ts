import assert from "node:assert/strict";
import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { once } from "node:events";
import { type AddressInfo, createServer, type Socket } from "node:net";
import { hostname } from "node:os";
import { after, before, beforeEach, describe, it } from "node:test";
import type { Gateway } from "../../../src/cluster/gateway/gateway.ts";
import { ambiguous, otherTargets, refusedHosts } from "./hostileRequests.ts";
import { credentialOf, echo, LocalCluster, raw } from "./localCluster.ts";

describe("A gateway that is asked for what it must not give", { timeout: 120_000 }, () => {
  const cluster = new LocalCluster();
  /** Where anything in this process began to connect to, this test's own requests left aside. */
  let attempts: string[] = [];
  let gateway: Gateway;
  let credential: string;

  const watch = (message: unknown) => {
    const { socket } = message as { socket: Socket };
    socket.on("connectionAttempt", (address: string, port: number) => {
      if (!cluster.gatewayPorts.has(port)) attempts.push(`${address}:${port}`);
    });
  };

  before(async () => {
    await cluster.serve("api.shop", echo);
    await cluster.serve("secrets.vault", echo);
    await cluster.serve("kubernetes.default", echo);
    gateway = await cluster.gateway();
    credential = credentialOf(gateway);
    subscribe("net.client.socket", watch);
  });
  after(async () => {
    unsubscribe("net.client.socket", watch);
    await cluster.close();
  });
  beforeEach(() => {
    attempts = [];
    cluster.arrived.length = 0;
  });

  /** Sends each request and holds that it was refused with such a status, and that nothing of it went anywhere. */
  async function refused(requests: readonly string[], status: RegExp): Promise<number> {
    for (const request of requests) {
      const { text } = await raw(gateway.url, request);
      assert.match(text, status, JSON.stringify(request.slice(0, 300)));
      assert.deepEqual([cluster.arrived, attempts], [[], []], JSON.stringify(request.slice(0, 300)));
    }
    return requests.length;
  }

  it("would be seen to pass something on", async () => {
    const { text } = await raw(
      gateway.url,
      `GET http://api.shop.svc/x HTTP/1.1\r\nHost: x\r\nConnection: close\r\n${credential}\r\n`,
    );
    assert.match(text, /^HTTP\/1\.1 200 /);
    assert.deepEqual([cluster.arrived.length, attempts.length], [1, 1]);
  });

  it("refuses the machine's own and the clouds' addresses in every spelling", async () => {
    const gets = refusedHosts.map(
      (host) => `GET http://${host}/latest/meta-data HTTP/1.1\r\nHost: ${host}\r\n${credential}\r\n`,
    );
    const tunnels = refusedHosts.map((host) => `CONNECT ${host}:80 HTTP/1.1\r\nHost: ${host}\r\n${credential}\r\n`);
    assert.ok((await refused([...gets, ...tunnels], /^HTTP\/1\.1 403 /)) >= 90);
    const own = hostname();
    await refused(
      [`CONNECT ${own}:${new URL(gateway.url).port} HTTP/1.1\r\nHost: x\r\n${credential}\r\n`],
      /^HTTP\/1\.1 (403|502) /,
    );
  });

  it("refuses whoever has not its credential", async () => {
    const wrong = `Proxy-Authorization: Basic ${Buffer.from("podbook:wrong").toString("base64")}\r\n`;
    const headers = [
      ...[
        "",
        wrong,
        "Proxy-Authorization: Bearer x\r\n",
        "Proxy-Authorization: Basic\r\n",
        "Proxy-Authorization: \r\n",
      ],
      credential.replace("Proxy-", ""),
      credential.replace("Basic ", "Basic  "),
      credential.replace("Basic ", "basic: "),
      credential.toLowerCase(),
      `${credential.slice(0, -3)}\r\n`,
      `${wrong}${credential}`,
      `X-${credential}`,
    ];
    const requests = headers.flatMap((header) =>
      [
        "GET http://api.shop.svc/",
        "POST http://api.shop.svc/",
        "GET http://example.invalid/",
        "GET /",
        "CONNECT api.shop.svc:80",
      ].map((line) => `${line} HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n${header}\r\n`),
    );
    assert.ok((await refused(requests, /^HTTP\/1\.1 407 /)) >= 60);
    const other = credentialOf(await cluster.gateway());
    await refused([`GET http://api.shop.svc/ HTTP/1.1\r\nHost: x\r\n${other}\r\n`], /^HTTP\/1\.1 407 /);
  });

  it("refuses requests that can be read in two ways, and those that are too large", async () => {
    const body = "5\r\nGET /\r\n0\r\n\r\n";
    const posts = ambiguous.map(
      (lines) => `POST http://api.shop.svc/ HTTP/1.1\r\nHost: api.shop.svc\r\n${credential}${lines}\r\n\r\n${body}`,
    );
    // The first line after the request line has nothing to be a continuation of.
    const folded = `POST http://api.shop.svc/ HTTP/1.1\r\n folded: x\r\nHost: x\r\n${credential}\r\n`;
    const noHost = `GET http://api.shop.svc/ HTTP/1.1\r\n${credential}\r\n`;
    const bare = `GET http://api.shop.svc/ HTTP/1.1\nHost: x\n${credential.trim()}\n\n`;
    await refused([...posts, folded, noHost, bare], /^HTTP\/1\.1 (400|431) /);
  });

  it("refuses targets that are no service of the run's target", async () => {
    const requests = otherTargets.map((line) => `${line} HTTP/1.1\r\nHost: api.shop.svc\r\n${credential}\r\n`);
    await refused(requests, /^HTTP\/1\.1 (400|403|431|502) /);
    await refused(
      ["HTTP/9.9", "HTTP/0.9", "HTTP/2.0", "HTTPS/1.1", ""].map(
        (version) => `GET http://api.shop.svc/ ${version}\r\nHost: x\r\n${credential}\r\n`,
      ),
      /^HTTP\/1\.1 (400|505) /,
    );
  });

  it("gives no answer for names that neither this cluster nor anybody else has", async () => {
    for (const host of ["api.shop.svc.cluster.invalid", "api.shop.svc.invalid", "api.down"]) {
      const { text } = await raw(gateway.url, `GET http://${host}/ HTTP/1.1\r\nHost: x\r\n${credential}\r\n`);
      assert.deepEqual([text, cluster.arrived, attempts], ["", [], []], host);
    }
  });

  it("keeps a body a body, whatever a client's Connection header takes away", async () => {
    const inner = "GET /smuggled HTTP/1.1\r\nHost: x\r\n\r\n";
    for (const method of ["GET", "DELETE", "POST"]) {
      for (const named of [
        "content-length, close",
        "Close, Content-Length, host",
        "close,transfer-encoding,\tcontent-length",
      ]) {
        cluster.arrived.length = 0;
        const head = `${method} http://api.shop.svc/ HTTP/1.1\r\nHost: x\r\nConnection: ${named}\r\nContent-Length: ${inner.length}\r\n`;
        const { text } = await raw(gateway.url, `${head}${credential}\r\n${inner}`);
        assert.match(text, /^HTTP\/1\.1 200 /);
        const got = JSON.parse(text.slice(text.indexOf("{"), text.lastIndexOf("}") + 1));
        assert.deepEqual([got.url, got.body], ["/", inner], `${method} ${named}`);
      }
    }
  });

  it("asks each request of a connection for its credential", async () => {
    const first = `GET http://api.shop.svc/first HTTP/1.1\r\nHost: x\r\n${credential}\r\n`;
    const { text } = await raw(gateway.url, `${first}GET http://api.shop.svc/second HTTP/1.1\r\nHost: x\r\n\r\n`);
    assert.match(text, /HTTP\/1\.1 200 [\s\S]*HTTP\/1\.1 407 /);
    assert.doesNotMatch(Buffer.concat(cluster.arrived).toString(), /second/);
  });

  it("passes what is not its own on to the user's proxy only, and there without its credential", async () => {
    const seen: string[] = [];
    const proxy = createServer((socket) => {
      socket.on("error", () => {});
      socket.once("data", (bytes) => {
        seen.push(bytes.toString("latin1"));
        socket.end("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
      });
    }).listen(0, "127.0.0.1");
    await once(proxy, "listening");
    const { port } = proxy.address() as AddressInfo;
    const url = `http://user:pass%20word@127.0.0.1:${port}`;
    const through = await cluster.gateway({ http_proxy: url, https_proxy: url });
    const own = credentialOf(through);
    // An address of a pod means nothing here: it goes where the user's own settings send it.
    await raw(through.url, `GET http://10.244.0.5:8080/x HTTP/1.1\r\nHost: x\r\nConnection: close\r\n${own}\r\n`);
    await raw(through.url, `CONNECT 10.244.0.5:8080 HTTP/1.1\r\nHost: x\r\n${own}\r\n`);
    proxy.close();
    assert.deepEqual(
      seen.map((text) => text.split("\r\n")[0]),
      ["GET http://10.244.0.5:8080/x HTTP/1.1", "CONNECT 10.244.0.5:8080 HTTP/1.1"],
    );
    for (const text of seen) {
      assert.ok(!text.includes(own.trim()), "the credential stays here");
      assert.match(text, new RegExp(`Proxy-Authorization: Basic ${Buffer.from("user:pass word").toString("base64")}`));
    }
    assert.deepEqual([...new Set(attempts)], [`127.0.0.1:${port}`]);
  });
});
