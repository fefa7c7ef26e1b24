import assert from "node:assert/strict";
import type { RequestListener } from "node:http";
import { type TestContext, test } from "node:test";
import { atTime, dashboardUrl, searchUrl } from "../../../src/grafana/dashboardUrls.ts";
import { GrafanaError } from "../../../src/grafana/grafanaError.ts";
import { searchDashboards } from "../../../src/grafana/searchDashboards.ts";
import { always, localServer } from "../prometheus/localServer.ts";

const { signal } = new AbortController();
const titles = ["Kubernetes Pod Status", "kubernetes pod status", "Old Kubernetes Pod Status", "Nodes"];

/** Grafana's search as its API has it: it finds titles that contain the query, whatever their letters; a token is wanted. */
const grafana: RequestListener = (request, response) => {
  const { pathname, searchParams } = new URL(request.url ?? "", "http://grafana");
  const status = request.headers.authorization === "Bearer t0ken" ? 200 : 401;
  if (pathname !== "/grafana/api/search") response.writeHead(404).end('{"message":"Not found"}');
  else if (status === 401) response.writeHead(401).end('{"message":"Unauthorized"}');
  else {
    const query = (searchParams.get("query") ?? "").toLowerCase();
    const found = titles.flatMap((title, index) =>
      title.toLowerCase().includes(query)
        ? [{ id: index, uid: `uid-${index}`, title, type: "dash-db", folderTitle: index === 2 ? "Attic" : undefined }]
        : [],
    );
    response.setHeader("content-type", "application/json").end(JSON.stringify(found));
  }
};

async function search(context: TestContext, title: string, listener = grafana, token = "t0ken") {
  const { url } = await localServer(context, listener);
  return searchDashboards(new URL("grafana/", url), title, { kind: "bearer", token }, signal);
}

test("a dashboard is found by its exact title, else in other letters, else as a part of titles", async (context) => {
  const uids = async (title: string) => (await search(context, title)).map(({ uid }) => uid);
  assert.deepEqual(await uids("Kubernetes Pod Status"), ["uid-0"]);
  assert.deepEqual(await uids("KUBERNETES POD STATUS"), ["uid-0", "uid-1"]);
  assert.deepEqual(await uids("Pod Status"), ["uid-0", "uid-1", "uid-2"]);
  assert.deepEqual(await uids("Other"), []);
  assert.deepEqual(await search(context, "Old"), [
    { uid: "uid-2", title: "Old Kubernetes Pod Status", folder: "Attic" },
  ]);
});

test("why Grafana tells no dashboards", async (context) => {
  const reason = async (listener: RequestListener, token?: string): Promise<string> => {
    try {
      return String(await search(context, "x", listener, token));
    } catch (error) {
      assert.ok(error instanceof GrafanaError, String(error));
      return error.reason;
    }
  };
  assert.equal(await reason(grafana, "wrong"), "unauthorized");
  assert.equal(await reason(always(302, "", { location: "/login" })), "not-grafana");
  assert.equal(await reason(always(200, "<html>")), "not-grafana");
  assert.equal(await reason(always(502, "")), "server");
  assert.equal(await reason((_request, response) => response.destroy()), "unreachable");
});

test("what could lead elsewhere is no dashboard", async (context) => {
  const list = [{ uid: "../../admin", title: "a" }, { uid: "a?b", title: "a" }, { uid: 1, title: "a" }, null, {}];
  assert.deepEqual(await search(context, "a", always(200, JSON.stringify(list))), []);
});

test("a dashboard is shown at a time, below the path of the address", () => {
  const base = new URL("https://example.com/grafana/");
  const dashboard = { uid: "abc_1", title: " Pods & <Nodes> ", folder: "" };
  assert.equal(
    dashboardUrl(base, dashboard, { from: 1000, to: null }).href,
    "https://example.com/grafana/d/abc_1/pods-nodes?from=1000&to=now",
  );
  assert.equal(
    dashboardUrl(base, { ...dashboard, title: "日本" }, { from: 1000, to: 2000 }).href,
    "https://example.com/grafana/d/abc_1/dashboard?from=1000&to=2000",
  );
  assert.equal(searchUrl(base, "A & b").href, "https://example.com/grafana/dashboards?query=A+%26+b");
  assert.equal(
    atTime(new URL("https://example.com/d/x?from=5&var-a=b"), null).href,
    "https://example.com/d/x?from=now-1h&var-a=b&to=now",
  );
});
