import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import type { RequestListener } from "node:http";
import { type AddressInfo, createServer, type Socket } from "node:net";
import { buffer } from "node:stream/consumers";
import { after, describe, it } from "node:test";
import type { Gateway } from "../../../src/cluster/gateway/gateway.ts";
import { credentialOf, LocalCluster, raw } from "./localCluster.ts";

/** Names the pod that answers. */
const named =
  (name: string): RequestListener =>
  (_request, response) =>
    response.end(name);

describe("A gateway", { timeout: 60_000 }, () => {
  const cluster = new LocalCluster();
  after(() => cluster.close());

  it("passes methods, paths, bodies, headers and statuses on as they are", async () => {
    await cluster.serve("echo.shop", async (request, response) => {
      const body = await buffer(request);
      const { method, url, headers } = request;
      response.writeHead(418, "Teapot", { "X-Two": ["a", "b"] });
      response.end(JSON.stringify({ method, url, headers, body: body.toString("base64") }));
    });
    const gateway = await cluster.gateway();
    const url = "http://echo.shop.svc/p%2Fq/../{r}|s?x=1&y=%20&z='\"";
    const args = [
      "-i",
      "-X",
      "PATCH",
      "--path-as-is",
      "-g",
      "-H",
      "X-Odd: ü",
      "-H",
      "Host: shop.example",
      "-H",
      "Expect:",
    ];
    const { out } = await curl(gateway, [...args, "--data-binary", "@-", url], "a\0b");
    const [head = "", json = ""] = out.split("\r\n\r\n");
    assert.match(head, /^HTTP\/1\.1 418 Teapot/);
    assert.match(head, /X-Two: a\r\nX-Two: b/);
    const { method, url: path, headers, body } = JSON.parse(json);
    assert.deepEqual([method, path, body], ["PATCH", "/p%2Fq/../{r}|s?x=1&y=%20&z='\"", "YQBi"]);
    assert.equal(headers.host, "shop.example", "as it would be without a proxy");
    assert.equal(headers["proxy-authorization"], undefined, "the credential stays here");
    assert.equal(headers["proxy-connection"], undefined);
  });

  it("uses connections again", async () => {
    await cluster.serve("again.shop", named("one"));
    const gateway = await cluster.gateway();
    const before = cluster.opened;
    for (let round = 0; round < 5; round++) assert.equal((await curl(gateway, ["http://again.shop.svc/"])).out, "one");
    assert.equal(cluster.opened - before, 1);
  });

  it("takes the pods in turn, and another one where one cannot be reached, whatever is sent", async () => {
    await cluster.serve("turns.shop", named("one"), null, named("three"));
    const gateway = await cluster.gateway();
    const seen: string[] = [];
    for (let round = 0; round < 6; round++) {
      seen.push((await curl(gateway, ["-d", "a body", "http://turns.shop.svc/"])).out);
    }
    assert.deepEqual([...new Set(seen)].sort(), ["one", "three"], seen.join());
  });

  it("asks the cluster anew where none of the pods that it knows can be reached", async () => {
    await cluster.serve("moved.shop", null);
    const gateway = await cluster.gatewayBy(async () => ({
      find: (name) => cluster.find(name),
      open: async (pod) => {
        if (pod.pod === "moved-shop-0") await cluster.serve("moved.shop");
        return cluster.open(pod);
      },
      forget: () => {},
    }));
    const { out } = await curl(gateway, ["-i", "-d", "body", "http://moved.shop.svc/"]);
    assert.match(out, /^HTTP\/1\.1 503 [\s\S]*No pod is ready/);
  });

  it("tells a client whose pod dies before and in the middle of an answer by a reset", async () => {
    let requests = 0;
    const dies: RequestListener = (request, response) => {
      requests++;
      if (request.url === "/well") response.end("well");
      else if (request.url === "/begun") {
        response.writeHead(200, { "content-length": "100" });
        response.write("half", () => request.socket.resetAndDestroy());
      } else setTimeout(() => request.socket.resetAndDestroy(), 400);
    };
    await cluster.serve("dies.shop", dies);
    const gateway = await cluster.gateway();
    assert.equal((await curl(gateway, ["http://dies.shop.svc/well"])).out, "well");
    // The second goes over the connection of the first, and all the same it is not sent twice.
    const before = await curl(gateway, ["http://dies.shop.svc/before"]);
    assert.deepEqual([before.code, requests], [56, 2]);
    assert.equal((await curl(gateway, ["http://dies.shop.svc/begun"])).code, 56);
    const head = `GET http://dies.shop.svc/begun HTTP/1.1\r\nHost: x\r\n${credentialOf(gateway)}\r\n`;
    assert.equal((await raw(gateway.url, head)).error, "ECONNRESET");
    assert.equal((await curl(gateway, ["http://dies.shop.svc/well"])).out, "well", "the next is served");
  });

  it("sends a request again that met the end of an idle connection", async () => {
    const sockets = new Set<Socket>();
    await cluster.serve("idle.shop", (request, response) => {
      // As a server whose idle time is over just when the next request is under way.
      if (sockets.has(request.socket)) return request.socket.destroy();
      sockets.add(request.socket);
      return response.end("fresh");
    });
    const gateway = await cluster.gateway();
    for (let round = 0; round < 4; round++) assert.equal((await curl(gateway, ["http://idle.shop.svc/"])).out, "fresh");
  });

  it("asks the cluster once for what many ask at the same time", async () => {
    await cluster.serve("many.shop", (_request, response) => setTimeout(() => response.end("ok"), 5));
    const before = cluster.asked;
    cluster.findMs = 100;
    const gateway = await cluster.gateway();
    const head = `GET http://many.shop.svc/ HTTP/1.1\r\nHost: x\r\nConnection: close\r\n${credentialOf(gateway)}\r\n`;
    const answers = await Promise.all(Array.from({ length: 100 }, () => raw(gateway.url, head)));
    assert.ok(answers.every(({ text }) => text.startsWith("HTTP/1.1 200")));
    cluster.findMs = 0;
    assert.ok(cluster.asked - before < 10, `${cluster.asked - before} times`);
  });

  it("tells the services of other namespaces from those that the run names", async () => {
    await cluster.serve("web.monitoring", named("monitoring"));
    const silent = await cluster.gateway();
    const refused = await curl(silent, ["-i", "http://web.monitoring.svc/"]);
    assert.match(refused.out, /^HTTP\/1\.1 403 [\s\S]*web is in namespace monitoring, but the run is pinned to shop/);
    const naming = await cluster.gateway({}, "curl http://web.monitoring.svc/");
    assert.equal((await curl(naming, ["http://web.monitoring.svc/"])).out, "monitoring");
    assert.equal((await curl(naming, ["http://web.monitoring/"])).out, "monitoring");
  });

  it("takes a name with one dot for a host elsewhere where the cluster does not know it or cannot say", async () => {
    const proxy = createServer((socket) => socket.once("data", () => socket.end("HTTP/1.0 200 OK\r\n\r\nelsewhere")));
    proxy.listen(0, "127.0.0.1");
    await once(proxy, "listening");
    const own = { http_proxy: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}` };
    const gateway = await cluster.gateway(own, "curl http://$host.com http://$host.down");
    for (const host of ["example.com", "api.down", "unknown.shop"]) {
      assert.equal((await curl(gateway, [`http://${host}/`])).out, "elsewhere", host);
    }
    assert.match(
      (await curl(gateway, ["http://unknown.shop.svc/"])).out,
      /There is no service unknown in namespace shop/,
    );
    proxy.close();
  });

  it("goes through the user's SOCKS proxy, with its password", async () => {
    const asked: string[] = [];
    const proxy = createServer((socket) => void serveSocks(socket, asked)).listen(0, "127.0.0.1");
    await once(proxy, "listening");
    const url = `socks5h://user:word@127.0.0.1:${(proxy.address() as AddressInfo).port}`;
    const gateway = await cluster.gateway({ all_proxy: url });
    assert.equal((await curl(gateway, ["http://far.example.invalid/x"])).out, "socks");
    assert.equal((await curl(gateway, ["-p", "http://far.example.invalid:8080/"])).out, "socks");
    proxy.close();
    assert.deepEqual(asked, ["user:word", "far.example.invalid:80", "user:word", "far.example.invalid:8080"]);
    const gone = await curl(gateway, ["-p", "http://far.example.invalid/"]);
    assert.equal(gone.code, 56, "the proxy is no longer there");
  });

  it("says in words that its way into the cluster fails, and tries it again", async () => {
    let tries = 0;
    await cluster.serve("later.shop", named("later"));
    const gateway = await cluster.gatewayBy(async () => {
      if (++tries === 1) throw new Error("the kubeconfig is gone");
      return cluster;
    });
    const { out } = await curl(gateway, ["-i", "http://later.shop.svc/"]);
    assert.match(out, /^HTTP\/1\.1 502 [\s\S]*The cluster cannot be reached: the kubeconfig is gone/);
    assert.equal((await curl(gateway, ["http://later.shop.svc/"])).out, "later");
  });
});

/** Runs curl with a gateway as its proxy. */
async function curl(
  gateway: Gateway,
  args: readonly string[],
  input = "",
): Promise<{ code: number | null; out: string }> {
  const env = { PATH: process.env["PATH"], http_proxy: gateway.url, https_proxy: gateway.url };
  const child = spawn("curl", ["-s", "-m", "20", ...args], { env });
  child.stdin.on("error", () => {});
  child.stdin.end(input);
  const [out, [code]] = await Promise.all([buffer(child.stdout), once(child, "close") as Promise<[number | null]>]);
  return { code, out: out.toString() };
}

/** A SOCKS 5 proxy that asks for a password, and answers in the place of whatever is asked for. */
async function serveSocks(socket: Socket, asked: string[]): Promise<void> {
  const next = async () => ((await once(socket, "data")) as [Buffer])[0];
  assert.deepEqual([...(await next())], [5, 2, 0, 2]);
  socket.write(Buffer.of(5, 2));
  const login = await next();
  const [, userLength = 0] = login;
  asked.push(`${login.subarray(2, 2 + userLength)}:${login.subarray(3 + userLength)}`);
  socket.write(Buffer.of(1, 0));
  const request = await next();
  const [, , , , nameLength = 0] = request;
  asked.push(`${request.subarray(5, 5 + nameLength)}:${request.readUInt16BE(5 + nameLength)}`);
  socket.write(Buffer.of(5, 0, 0, 1, 0, 0, 0, 0, 0, 0));
  await next();
  socket.end("HTTP/1.1 200 OK\r\nContent-Length: 5\r\nConnection: close\r\n\r\nsocks");
}
