import assert from "node:assert/strict";
import { once } from "node:events";
import type { RequestListener } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { AddressInfo } from "node:net";
import { type TestContext, test } from "node:test";
import type { HttpCredentials } from "../../../src/http/credentials.ts";
import { findFacts, findScrapeInterval } from "../../../src/prometheus/findFacts.ts";
import { PrometheusApi } from "../../../src/prometheus/prometheusApi.ts";
import { PrometheusError, type PrometheusErrorReason } from "../../../src/prometheus/prometheusError.ts";
import { PrometheusSource } from "../../../src/prometheus/prometheusSource.ts";
import { always, localServer } from "./localServer.ts";

const { signal } = new AbortController();

function apiAt(url: URL, credentials: HttpCredentials | null = null, wayProblem: string | null = null): PrometheusApi {
  return new PrometheusApi({ url, title: "ours", credentials, wayProblem: () => wayProblem });
}

function success(data: unknown): string {
  return JSON.stringify({ status: "success", data });
}

function failure(errorType: string, error: string): string {
  return JSON.stringify({ status: "error", errorType, error });
}

async function refusal(asked: Promise<unknown>): Promise<PrometheusError> {
  const error: unknown = await asked.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof PrometheusError, String(error));
  return error;
}

async function serverApi(context: TestContext, listener: RequestListener, credentials: HttpCredentials | null = null) {
  const server = await localServer(context, listener);
  return { server, api: apiAt(server.url, credentials) };
}

test("a query is posted as a form, below the path of the address, with its credentials", async (context) => {
  const server = await localServer(context, always(200, success({ resultType: "scalar", result: [1.5, "2"] })));
  const api = apiAt(new URL("prometheus/", server.url), { kind: "bearer", token: "t0ken" });
  const series = await new PrometheusSource(api).at('up{x="&="}', 1500, signal);
  assert.deepEqual(series, [{ labels: {}, samples: [{ at: 1500, value: 2 }] }]);
  const [seen] = server.seen;
  assert.equal(seen?.method, "POST");
  assert.equal(seen?.url, "/prometheus/api/v1/query");
  assert.equal(seen?.headers.authorization, "Bearer t0ken");
  assert.deepEqual(Object.fromEntries(new URLSearchParams(seen?.body)), { query: 'up{x="&="}', time: "1.5" });
});

test("user and password are told as Basic", async (context) => {
  const { server, api } = await serverApi(context, always(200, success([])), {
    kind: "basic",
    user: "anna",
    password: "päss:",
  });
  await api.get("labels", [], signal);
  assert.equal(server.seen[0]?.headers.authorization, `Basic ${Buffer.from("anna:päss:").toString("base64")}`);
});

test("where POST is refused, GET is used from then on", async (context) => {
  const { server, api } = await serverApi(context, ({ method }, response) => {
    response.writeHead(method === "POST" ? 405 : 200).end(success(["a"]));
  });
  for (let round = 0; round < 2; round++) assert.deepEqual(await api.post("labels", [["match[]", "a"]], signal), ["a"]);
  assert.deepEqual(
    server.seen.map(({ method, url }) => `${method} ${url}`),
    ["POST /api/v1/labels", "GET /api/v1/labels?match%5B%5D=a", "GET /api/v1/labels?match%5B%5D=a"],
  );
});

test("each answer that is none is told by its reason, with what to do", async (context) => {
  const cases: [PrometheusErrorReason, number, string, RegExp][] = [
    ["unauthorized", 401, "<html>log in</html>", /wants credentials/],
    ["forbidden", 403, "no rights", /no rights/],
    ["bad-query", 400, failure("bad_data", "parse error at 1:3"), /parse error at 1:3/],
    ["bad-query", 422, failure("execution", "many-to-many"), /many-to-many/],
    ["timeout", 503, failure("timeout", "query timed out"), /query timed out/],
    ["server", 503, failure("unavailable", "TSDB not ready"), /TSDB not ready/],
    ["server", 502, "<html>Bad Gateway</html>", /HTTP 502/],
    ["not-prometheus", 404, "not here", /HTTP 404/],
    ["not-prometheus", 200, "<html>", /no JSON/],
    ["not-prometheus", 200, "null", /no status/],
    ["not-prometheus", 200, success({ resultType: "vector", result: [{ metric: {}, value: ["x", 1] }] }), /form/],
    ["not-prometheus", 200, success({ resultType: "vector", result: 1 }), /form/],
    ["not-prometheus", 200, success([]), /form/],
  ];
  for (const [reason, status, body, message] of cases) {
    const { api } = await serverApi(context, always(status, body));
    const error = await refusal(new PrometheusSource(api).at("up", 0, signal));
    assert.equal(error.reason, reason, `${status} ${body}: ${error.message}`);
    assert.match(error.message, message);
    assert.notEqual(error.advice, "");
  }
});

test("what a server says is cut", async (context) => {
  const { api } = await serverApi(context, always(400, failure("bad_data", "x".repeat(100_000))));
  assert.ok((await refusal(api.get("query", [], signal))).message.length < 500);
});

test("a redirect is not followed: credentials are for this server alone", async (context) => {
  const other = await localServer(context, always(200, success([])));
  const location = new URL("/login?session=secret", other.url).href;
  const { api } = await serverApi(context, always(302, "", { location }), { kind: "bearer", token: "t0ken" });
  const error = await refusal(api.post("labels", [], signal));
  assert.equal(error.reason, "redirected");
  assert.ok(error.message.includes(other.url.origin) && !error.message.includes("secret"), error.message);
  assert.deepEqual(other.seen, []);
});

test("a server that is not there, and a way through the cluster that is broken", async (context) => {
  const server = await localServer(context, (_request, response) => response.destroy());
  const gone = await refusal(apiAt(server.url).get("labels", [], signal));
  assert.equal(gone.reason, "unreachable");
  assert.match(gone.message, /ECONNRESET/);
  const broken = await refusal(apiAt(server.url, null, "No pod of it is ready.").get("labels", [], signal));
  assert.deepEqual([broken.reason, broken.message], ["unreachable", "No pod of it is ready."]);
});

test("a connection that the server has closed meanwhile is made anew", async (context) => {
  const ports = new Set<number | undefined>();
  const { api } = await serverApi(context, ({ socket }, response) => {
    const known = ports.has(socket.remotePort);
    ports.add(socket.remotePort);
    if (known) socket.resetAndDestroy();
    else response.end(success([]));
  });
  for (let round = 0; round < 3; round++) assert.deepEqual(await api.get("labels", [], signal), []);
  assert.equal(ports.size, 3);
});

test("an answer without end is not read to its end", async (context) => {
  const { api } = await serverApi(context, (_request, response) => {
    const chunk = Buffer.alloc(1_000_000, " ");
    const more = () => {
      while (response.write(chunk));
    };
    response.on("drain", more);
    more();
  });
  assert.equal((await refusal(api.get("labels", [], signal))).reason, "too-large");
});

test("who gives up gets what was given up for", async (context) => {
  const { api } = await serverApi(context, () => {});
  const given = new AbortController();
  const asked = api.get("labels", [], given.signal);
  const why = new Error("enough");
  given.abort(why);
  await assert.rejects(asked, why);
});

test("a server that does not speak TLS is told from one that cannot be reached", async (context) => {
  const server = createTlsServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  context.after(() => server.close());
  const url = new URL(`https://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  assert.equal((await refusal(apiAt(url).get("labels", [], signal))).reason, "certificate");
});

test("values that are no numbers, labels of any kind and histograms that are native", async (context) => {
  const metric = { __proto__: null, le: "+Inf", "odd name": "<b>" };
  const result = [
    {
      metric,
      values: [
        [1, "+Inf"],
        [2, "-Inf"],
        [2.5, "NaN"],
      ],
    },
    { metric: {}, histograms: [[1, { count: "1" }]] },
  ];
  const { api } = await serverApi(context, always(200, success({ resultType: "matrix", result })));
  const series = await new PrometheusSource(api).over("x", { from: 0, to: 1, step: 1 }, signal);
  assert.deepEqual(series, [
    {
      labels: { le: "+Inf", "odd name": "<b>" },
      samples: [
        { at: 1000, value: Number.POSITIVE_INFINITY },
        { at: 2000, value: Number.NEGATIVE_INFINITY },
        { at: 2500, value: Number.NaN },
      ],
    },
  ]);
});

test("a server that knows neither metadata nor its configuration leaves a query as it is", async (context) => {
  for (const status of [404, 403, 500]) {
    const { api } = await serverApi(context, always(status, ""));
    assert.deepEqual(await findFacts(api, "a_total", 0, signal), { type: "unknown", labels: [] });
    assert.equal(await findScrapeInterval(api, signal), null);
  }
  const { api } = await serverApi(context, always(401, ""));
  assert.equal((await refusal(findFacts(api, "a_total", 0, signal))).reason, "unauthorized");
});

test("how often metrics are had stands at the head of the configuration", async (context) => {
  const yaml = "global:\n  scrape_interval: 1m30s\n  scrape_timeout: 10s\nscrape_configs:\n- scrape_interval: 5s\n";
  const { api } = await serverApi(context, always(200, success({ yaml })));
  assert.equal(await findScrapeInterval(api, signal), 90_000);
});
