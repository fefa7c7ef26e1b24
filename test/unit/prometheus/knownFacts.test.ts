import assert from "node:assert/strict";
import { test } from "node:test";
import { KnownFacts } from "../../../src/prometheus/knownFacts.ts";
import { PrometheusApi } from "../../../src/prometheus/prometheusApi.ts";
import { localServer } from "./localServer.ts";

const { signal } = new AbortController();

test("what a server has told is kept for minutes, that it has no series for half a minute", async (context) => {
  const server = await localServer(context, ({ url = "" }, response) => {
    const path = new URL(url, "http://prometheus").pathname.replace("/api/v1/", "");
    const data = path === "metadata" ? { here: [{ type: "gauge" }] } : [];
    response.end(JSON.stringify({ status: "success", data: path === "labels" && labelled() ? ["job"] : data }));
  });
  const labelled = () => server.seen.at(-1)?.body.includes("=here&");
  let now = 1_000_000;
  const api = new PrometheusApi({ url: server.url, title: "ours", credentials: null, wayProblem: () => null });
  const facts = new KnownFacts(api, () => now);
  const asked = async (): Promise<number> => {
    const before = server.seen.length;
    const known = await facts.of(["here", "gone"], signal);
    assert.deepEqual(known.get("here"), { type: "gauge", labels: ["job"] });
    assert.deepEqual(known.get("gone"), { type: "unknown", labels: [] });
    return server.seen.length - before;
  };
  assert.equal(await asked(), 6, "the type, the labels and those of its buckets, for each");
  assert.equal(await asked(), 0);
  now += 60_000;
  assert.equal(await asked(), 3, "of the one without series");
  now += 600_000;
  assert.equal(await asked(), 6);
});
