import assert from "node:assert/strict";
import { test } from "node:test";
import { gatewayEnvironment } from "../../src/cluster/gateway/gatewayEnvironment.ts";
import { readServiceName } from "../../src/cluster/gateway/serviceName.ts";
import { UserProxies } from "../../src/cluster/gateway/userProxies.ts";

const place = { url: "http://podbook:x@127.0.0.1:9", apiServer: "https://10.0.0.1:6443", script: "" };
const exceptions = (own: NodeJS.ProcessEnv, script = "") =>
  (gatewayEnvironment(own, { ...place, script })["no_proxy"] ?? "").split(",");

test("names of services are told from other hosts", () => {
  const of = (host: string) => {
    const name = readServiceName(host);
    return name && [name.pod, name.service, name.namespace, name.sure];
  };
  assert.deepEqual(of("web.shop.svc.cluster.local"), [null, "web", "shop", true]);
  assert.deepEqual(of("web.shop.svc.cluster.local."), [null, "web", "shop", true]);
  assert.deepEqual(of("Web.Shop.SVC"), [null, "web", "shop", true]);
  assert.deepEqual(of("db-0.db.shop.svc"), ["db-0", "db", "shop", true]);
  assert.deepEqual(of("web.shop"), [null, "web", "shop", false]);
  for (const host of [
    "web",
    "",
    "svc",
    "web.svc",
    "cluster.local",
    "shop.cluster.local",
    "a.b.c.d.svc",
    "www.example.com",
    "10.0.0.1",
    "10.1",
    "[::1]",
    "-a.b",
    "a_b.c",
    "a..svc",
  ]) {
    assert.equal(readServiceName(host), null, host);
  }
});

test("the user's own exceptions are kept, but for those that would hide services from the gateway", () => {
  const own = { no_proxy: "*.corp.example, .svc,.cluster.local,local,web.shop.svc,10.0.0.0/8,example.org:8080" };
  assert.deepEqual(exceptions(own).slice(0, 3), ["*.corp.example", "10.0.0.0/8", "example.org:8080"]);
  assert.ok(!exceptions({ NO_PROXY: "*" }).includes("*"));
});

test("what would be reached directly and is known beforehand does not pass through the gateway", () => {
  const script =
    "curl https://user:pw@api.example.com:8443/x http://[2001:db8::1]/ 'http://web.shop.svc/' http://web.shop $X";
  const direct = exceptions({}, script);
  for (const host of ["localhost", "127.0.0.1", "::1", "10.0.0.1", "api.example.com", "2001:db8::1"]) {
    assert.ok(direct.includes(host), `${host} in ${direct}`);
  }
  assert.ok(!direct.some((host) => host.startsWith("web.")));
  const proxied = exceptions({ https_proxy: "http://proxy.example:3128" }, script);
  assert.ok(!proxied.includes("api.example.com"), "the user's proxy is still asked for it");
});

test("the user's proxy is found as curl finds it", () => {
  const proxies = new UserProxies({
    HTTP_PROXY: "p1:1",
    https_proxy: "http://p2:2",
    no_proxy: "direct.example,.below.example",
  });
  assert.equal(proxies.proxyFor("http", "x.example")?.href, "http://p1:1/");
  assert.equal(proxies.proxyFor("https", "x.example")?.port, "2");
  for (const host of ["direct.example", "a.direct.example", "a.below.example"]) {
    assert.equal(proxies.proxyFor("http", host), null, host);
  }
  assert.notEqual(proxies.proxyFor("http", "notdirect.example"), null);
  assert.equal(new UserProxies({ all_proxy: "http://p3:3" }).proxyFor("https", "x.example")?.port, "3");
});
