import assert from "node:assert/strict";
import { test } from "node:test";
import { gatewayEnvironment } from "../../src/cluster/gateway/gatewayEnvironment.ts";
import { mayReach } from "../../src/cluster/gateway/namedNamespaces.ts";
import { readAbsoluteTarget, readTunnelTarget } from "../../src/cluster/gateway/requestTarget.ts";
import { UserProxies } from "../../src/cluster/gateway/userProxies.ts";
import { readServiceName } from "../../src/plan/serviceName.ts";

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

test("a run reaches the namespaces of its target and of its own text", () => {
  const script = "curl http://prometheus.monitoring.svc:9090/; NS=shop-2; curl http://web.$NS.svc/";
  for (const namespace of ["pyairtable", "monitoring", "shop-2"]) {
    assert.ok(mayReach(namespace, "pyairtable", script), namespace);
  }
  for (const namespace of ["monitor", "shop", "kube-system", "2"]) {
    assert.ok(!mayReach(namespace, "pyairtable", script), namespace);
  }
});

test("the target of a request is read in one way only, and its path is kept as it came", () => {
  const of = (target: string) => {
    const read = readAbsoluteTarget(target);
    return read && [read.host, read.port, read.path];
  };
  assert.deepEqual(of("http://Web.Shop.svc:8080/a/../b?x={1|2}&y=%2f"), [
    "web.shop.svc",
    8080,
    "/a/../b?x={1|2}&y=%2f",
  ]);
  assert.deepEqual(of("HTTP://web.shop.svc"), ["web.shop.svc", 80, "/"]);
  assert.deepEqual(of("http://web.shop.svc?x"), ["web.shop.svc", 80, "/?x"]);
  assert.deepEqual(of("http://user:word@web.shop.svc/"), ["web.shop.svc", 80, "/"]);
  assert.deepEqual(of("http://[::FFFF:127.0.0.1]:1/"), ["::ffff:7f00:1", 1, "/"]);
  for (const [target, host] of [
    ["http://2852039166/", "169.254.169.254"],
    ["http://0xa9fea9fe/", "169.254.169.254"],
    ["http://0251.0376.0251.0376/", "169.254.169.254"],
    ["http://%31%32%37.1/", "127.0.0.1"],
    ["http://web.shop.svc:80@169.254.169.254/", "169.254.169.254"],
  ] as const) {
    assert.equal(of(target)?.[0], host, target);
  }
  for (const target of [
    "/health",
    "*",
    "",
    "https://web.shop.svc/",
    "ftp://web.shop.svc/",
    "http:///web.shop.svc/",
    "http:/web.shop.svc/",
    "http://web.shop.svc\\@evil/",
    "http://web.shop.svc:0/",
    "http://web.shop.svc:65536/",
    "http://web.shop.svc:80:90/",
    "http://web.shop.svc#@evil/",
    "http://[::1/",
    "http://a b/",
    " http://a/",
  ]) {
    assert.equal(of(target), null, target);
  }
  assert.deepEqual(readTunnelTarget("web.shop.svc:443"), { host: "web.shop.svc", port: 443, path: "" });
  for (const target of ["web.shop.svc", "@web:80", "web:", "web:x", "http://web:80", "web:80/"]) {
    assert.equal(readTunnelTarget(target), null, target);
  }
});
