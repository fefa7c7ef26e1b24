import { deepEqual, equal, match, ok, rejects } from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import { bedUp } from "../bed/bed.ts";
import { demoNamespace } from "../bed/demo.ts";
import { breakWorkload } from "../bed/failures/breakWorkload.ts";
import { bedProcesses, stillRuns } from "../bed/processes.ts";
import { DemoBed, type HttpService, httpServices } from "./demoBed.ts";
import { throughPortForward } from "./portForward.ts";

describe("the demo", () => {
  let demo: DemoBed;

  before(async () => {
    demo = await DemoBed.open();
  });
  after(() => demo.close());

  it("serves health, status and metrics through port-forward", async () => {
    for (const service of Object.keys(httpServices) as HttpService[]) {
      const health = await demo.ask(service, "/health");
      equal(health.status, 200, health.text);
      equal((JSON.parse(health.text) as { service: string }).service, service);
    }
    const status = JSON.parse((await demo.ask("api-gateway", "/api/status")).text) as {
      status: string;
      upstreams: Record<string, { state: string }>;
    };
    equal(status.status, "ok");
    deepEqual(
      Object.entries(status.upstreams).map(([name, { state }]) => [name, state]),
      [
        ["auth-service", "healthy"],
        ["platform-services", "healthy"],
      ],
    );
    const metrics = await throughPortForward(demo.bed, "platform-services", 8000, async (url) => {
      await (await fetch(`${url}/health`)).text();
      return (await fetch(`${url}/metrics`)).text();
    });
    match(metrics, /^http_requests_total\{method="GET",path="\/health",status="200"\} \d+$/m);
    match(metrics, /^http_request_duration_seconds_bucket\{method="GET",path="\/health",le="\+Inf"\} \d+$/m);
    match(metrics, /^database_up 1$/m);
  });

  it("shows the requests in the logs of the pods", async () => {
    const mark = `/no-such-path-${Date.now()}`;
    equal((await demo.ask("api-gateway", mark)).status, 404);
    const logs = await demo.inDemo("logs", "-l", "app=api-gateway", "--tail=100");
    match(logs, new RegExp(`"path":"${mark}","status":404`));
    const [pod = ""] = (await demo.inDemo("get", "pods", "-l", "app=api-gateway", "-o", "name")).split("\n");
    equal((await demo.inDemo("logs", pod, "--tail=1")).trim().split("\n").length, 1);
  });

  it("follows a log as it grows", async () => {
    const args = [
      "--kubeconfig",
      demo.bed.kubeconfig,
      "logs",
      "-n",
      demoNamespace,
      "-f",
      "--tail=0",
      "-l",
      "app=auth-service",
    ];
    const child = spawn(demo.bed.kubectl, args, { stdio: ["ignore", "pipe", "inherit"] });
    const mark = `/followed-${Date.now()}`;
    let followed = "";
    child.stdout.on("data", (chunk: Buffer) => {
      followed += chunk.toString();
    });
    // When kubectl has connected shows only in what it prints, so ask until it prints it.
    for (let tries = 0; tries < 40 && !followed.includes(mark); tries++) {
      await demo.ask("auth-service", mark);
      await wait(100);
    }
    child.kill();
    await once(child, "close");
    ok(followed.includes(mark));
  });

  it("reaches a real PostgreSQL by exec", async () => {
    const ready = await demo.exec("postgres-0", "pg_isready");
    equal(ready.code, 0, ready.out);
    match(ready.out, /accepting connections/);
    const databases = await demo.exec("postgres-0", "psql", "-U", "postgres", "-c", "SELECT datname FROM pg_database;");
    equal(databases.code, 0, databases.out);
    match(databases.out, /^ pyairtable$/m);
    const wrong = await demo.exec("postgres-0", "psql", "-U", "postgres", "-c", "SELECT nothing FROM nowhere;");
    ok(wrong.code !== 0);
    match(wrong.out, /relation "nowhere" does not exist/);
  });

  it("lets exec change nothing on this machine", async () => {
    const victim = join(demo.folder, "victim");
    writeFileSync(victim, "");
    for (const program of ["rm", "/bin/rm", "sh", "./rm", "env"]) {
      const refused = await demo.exec("postgres-0", program, victim);
      ok(refused.code !== 0);
      match(refused.out, /The test bed runs only/);
    }
    const escaped = await demo.exec("postgres-0", "psql", "-U", "postgres", "-c", `\\! rm ${victim}`);
    ok(escaped.code !== 0);
    // What psql reads from standard input no policy sees; it can start nothing all the same.
    const made = join(tmpdir(), `podbook-escaped-${process.pid}`);
    const input = `\\! touch ${made}\n\\q\n`;
    await demo.run("kubectl", ["exec", "-n", demoNamespace, "-i", "postgres-0", "--", "psql", "-U", "postgres"], input);
    deepEqual([existsSync(victim), existsSync(made)], [true, false]);
  });

  it("is unwell while the database is down, says so, and keeps the data", async () => {
    const query = ["psql", "-U", "postgres", "-d", "pyairtable", "-Atc"];
    const inserted = await demo.exec("postgres-0", ...query, "INSERT INTO bases (name) VALUES ('Kept')");
    equal(inserted.code, 0, inserted.out);
    await demo.inDemo("scale", "statefulset/postgres", "--replicas=0");
    await demo.inDemo("wait", "--for=delete", "pod/postgres-0", "--timeout=30s");
    for (const service of ["platform-services", "auth-service"] as const) {
      const health = await demo.ask(service, "/health");
      equal(health.status, 503);
      match((JSON.parse(health.text) as { reason: string }).reason, /^database: /);
    }
    const status = JSON.parse((await demo.ask("api-gateway", "/api/status")).text) as { status: string };
    equal(status.status, "degraded");
    const check = await demo.chaos("experiments/health-check.sh", "post");
    equal(check.code, 1, check.out);
    match(check.out, /^FAIL {2}pods +statefulset\/postgres/m);
    match(check.out, /^FAIL {2}health +platform-services: 503 .*database/m);
    match(check.out, /^FAIL {2}database/m);
    match(check.out, /^PASS {2}health +api-gateway: 200/m);
    await demo.inDemo("scale", "statefulset/postgres", "--replicas=1");
    await demo.well();
    equal((await demo.ask("platform-services", "/health")).status, 200);
    const kept = await demo.exec("postgres-0", ...query, "DELETE FROM bases WHERE name = 'Kept' RETURNING name");
    match(kept.out, /^Kept$/m);
  });

  it("cannot be reached while no pod is ready, and shows why a container crashed", async () => {
    await breakWorkload(demo.bed, "crash-loop", "auth-service");
    const crashed = "jsonpath={.status.containerStatuses[0].state.waiting.reason}=CrashLoopBackOff";
    await demo.inDemo("wait", "pods", "-l", "app=auth-service", `--for=${crashed}`, "--timeout=20s");
    const [pod = ""] = (await demo.inDemo("get", "pods", "-l", "app=auth-service", "-o", "name")).split("\n");
    match(await demo.inDemo("logs", pod, "--previous"), /"level":"fatal","msg":"cannot read the signing key/);
    await rejects(demo.ask("auth-service", "/health"));
    const status = JSON.parse((await demo.ask("api-gateway", "/api/status")).text) as {
      upstreams: Record<string, { state: string }>;
    };
    equal(status.upstreams["auth-service"]?.state, "unreachable");
    await demo.restore();
    equal((await demo.ask("auth-service", "/health")).status, 200);
    await demo.inDemo("scale", "deployment/auth-service", "--replicas=0");
    await demo.inDemo("wait", "--for=delete", "pods", "-l", "app=auth-service", "--timeout=30s");
    await rejects(demo.ask("auth-service", "/health"), /timed out/);
    await demo.inDemo("scale", "deployment/auth-service", "--replicas=2");
    await demo.well();
  });

  it("loses its programs with a killed agent, and `up` brings them back", async () => {
    const agent = (): number =>
      (JSON.parse(readFileSync(join(demo.bed.stateDir, "agent/ready"), "utf8")) as { pid: number }).pid;
    const parent = agent();
    const children = bedProcesses(demo.bed.stateDir).filter((one) => one.parent === parent);
    // Prometheus may not be up yet: nothing of the demo waits for it.
    equal(children.filter(({ command }) => command !== "prometheus").length, 7);
    process.kill(parent, "SIGKILL");
    for (const deadline = Date.now() + 5000; children.some(stillRuns); await wait(50)) {
      ok(Date.now() < deadline, "some programs outlive the agent");
    }
    await bedUp({ ...demo.bed, log: console.error });
    equal((await demo.ask("platform-services", "/health")).status, 200);
  });
});
