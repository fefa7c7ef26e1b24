import assert from "node:assert/strict";
import { test } from "node:test";
import { planScript } from "../../../src/plan/planScript.ts";
import { describeOne, describePlan, emptyPreview } from "../../../src/plan/preview.ts";
import { servicesElsewhere, urlHosts } from "../../../src/plan/urlHosts.ts";
import { analyseBlock } from "../../../src/shell/analyseBlock.ts";
import { testShellParser } from "../shellParser.ts";

const parser = await testShellParser();
const target = { context: "staging", namespace: "pyairtable" };

function plan(...lines: string[]) {
  const analysis = analyseBlock(`${lines.join("\n")}\n`, "bash", parser);
  return planScript({ title: "Block", analysis, directory: "/", target });
}

const elsewhere = "curl -s http://prometheus.monitoring.svc:9090/-/healthy";
const said = "→ reaches prometheus.monitoring, not in pyairtable";

test("services of other namespaces are told by all names that only the cluster has, each once", () => {
  const text = `curl http://prometheus.monitoring.svc:9090/ https://user:word@Prometheus.Monitoring.svc.cluster.local/x
    curl "http://db-0.db.data.svc/" http://api-gateway.pyairtable.svc:8080/health`;
  assert.deepEqual(servicesElsewhere(text, "pyairtable"), ["prometheus.monitoring", "db.data"]);
});

test("what may be a host outside the cluster, and what only the shell knows, is not told", () => {
  for (const url of [
    "https://example.com/",
    "http://prometheus.monitoring:9090/",
    "http://web.$NS.svc/",
    "http://web.shop.svc$DOMAIN/",
    "http://web.shop.svc.${DOMAIN}/",
    "http://127.0.0.1/",
    "prometheus.monitoring.svc",
  ]) {
    assert.deepEqual(servicesElsewhere(`curl ${url}`, "pyairtable"), [], url);
  }
});

test("hosts are found in all the URLs of a text, and told from beginnings of hosts", () => {
  assert.deepEqual(urlHosts("curl http://[::1]:80/ 'http://a.example?x' http://b.$DOMAIN/ ftp://c.example"), [
    { host: "[::1]", whole: true },
    { host: "a.example", whole: true },
    { host: "b.", whole: false },
  ]);
});

test("plan and hover say where a command reaches out of the target's namespace", () => {
  const reading = plan(elsewhere, "curl http://api-gateway.pyairtable.svc:8080/");
  assert.equal(describePlan(reading, emptyPreview).filter((line) => line === said).length, 1);
  assert.ok(describeOne(reading, emptyPreview, 0).includes(said));
  assert.ok(!describeOne(reading, emptyPreview, 1).some((line) => line.includes("reaches")));
  assert.ok(!describePlan({ ...reading, target: null }, emptyPreview).some((line) => line.includes("reaches")));
});

test("a read that a question does not show says it all the same, and once", () => {
  const among = describePlan(plan("kubectl delete pod x", elsewhere), emptyPreview);
  assert.ok(!among.includes(elsewhere), "the change is what is asked about");
  assert.equal(among.filter((line) => line === said).length, 1);
  const many = describePlan(plan(elsewhere, ...Array<string>(10).fill("date"), `${elsewhere}?eleventh`), emptyPreview);
  assert.equal(many.filter((line) => line === said).length, 2, "one of the shown, one of the rest");
});
