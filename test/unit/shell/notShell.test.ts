import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { analyse } from "./shellParser.ts";

test("other languages and outputs under a shell's label are told", () => {
  const texts: Record<string, string[]> = {
    PromQL: [
      'up{job="pyairtable-services"}',
      "sum(rate(http_requests_total[5m])) by (job)",
      'histogram_quantile(0.99, sum by (le) (rate(x_bucket{job="a"}[5m])))',
      "max by(namespace) (\n  a == b\n)",
      "# how many\nrate(x_total[30m]) > 10",
      "namespace:container_cpu:sum",
    ],
    YAML: [
      "apiVersion: v1\nkind: Pod\nmetadata:\n  name: x",
      "spec:\n  replicas: 2\n  template:\n    - a: b",
      "---\nkind: List",
    ],
    JSON: ['{"a": 1}', '[\n  {"a": [1, 2]}\n]', '{\n  "a": {{ x }},\n'],
    SQL: [
      "SELECT * FROM pg_stat_activity;",
      "select pid from pg_stat_activity where state = 'active';",
      "ALTER SYSTEM SET x TO 1;",
    ],
    HCL: ['resource "aws_instance" "x" {\n  ami = "a"\n}'],
    Dockerfile: ["FROM alpine\nRUN apk add bash\nCMD x"],
    HTTP: ["GET /_cat/health?v", "HTTP/1.1 200 OK\nServer: x"],
    database: ["pgbouncer=# show pools;", "mysql> show databases;", "db.users.find()"],
    prints: [
      "NAME    READY   STATUS\nweb-0   1/1     Running",
      "2021-11-08 14:07:39 UTC [15] LOG: x\n2021-11-08 14:07:39 UTC [15] LOG: y",
      "I0428 02:23:13.498282   11418 daemon.go:1250] Enabling",
      "deployment.apps/web restarted\npod/x deleted",
      'Error from server (NotFound): pods "x" not found',
    ],
    settings: ["[global]\na = 5\nb = true"],
    commands: ["The pod is restarted.\nPlease wait for it.", "Warning: this takes long"],
  };
  for (const [word, blocks] of Object.entries(texts)) {
    for (const text of blocks) {
      const { kind, why, commands, script } = analyse(`${text}\n`);
      assert.equal(kind, "not-shell", text);
      assert.match(why, new RegExp(word), text);
      assert.deepEqual(commands, [], text);
      assert.equal(script, `${text}\n`);
    }
  }
});

test("shell is never told to be something else", () => {
  const table = readFileSync(new URL("commands.tsv", import.meta.url), "utf8")
    .trimEnd()
    .split("\n");
  const hidden = readFileSync(new URL("neverRead.txt", import.meta.url), "utf8")
    .trimEnd()
    .split("\n");
  const texts = [...table.map((line) => line.split("\t")[1] ?? ""), ...hidden].map((line) =>
    line.replaceAll("⏎", "\n"),
  );
  const more = [
    "",
    "\n",
    "# a comment\n",
    "./run.sh",
    "~/bin/x",
    "A=1",
    "mytool status",
    "> out",
    ": > out",
    "[ -f x ]",
    "( ls )",
    "{ ls; }",
    "$X",
    '"$X" y',
    "<command>",
    "! ls",
    "if a; then b; fi",
    "export A",
    "FOO=1 bar",
    "select x in a b; do echo $x; done",
    "function f { ls; }",
    "f() { ls; }",
    "time ls",
    "kubectl get pods -o yaml\nkind: List",
    "set -e",
    "exit 1",
    "./a: b",
    "x() (ls)",
  ];
  for (const text of [...texts, ...more]) {
    for (const language of ["bash", "sh", "zsh", "console"]) assert.equal(analyse(text, language).kind, "shell", text);
  }
});
