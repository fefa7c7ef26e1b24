import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import { after, before, describe, it } from "node:test";
import { Connection } from "../../../src/cluster/connection.ts";
import { Gateway } from "../../../src/cluster/gateway/gateway.ts";
import { gatewayEnvironment } from "../../../src/cluster/gateway/gatewayEnvironment.ts";
import { UserProxies } from "../../../src/cluster/gateway/userProxies.ts";
import { pinTarget } from "../../../src/cluster/kubeconfig.ts";
import { DemoBed, type Result } from "../demoBed.ts";

const health = "http://api-gateway.pyairtable.svc.cluster.local:8080/health";
const go = `package main
import ("fmt"; "io"; "net/http"; "os")
func main() {
  answer, err := http.Get(os.Args[1])
  if err != nil { fmt.Println("failed", err); os.Exit(3) }
  body, _ := io.ReadAll(answer.Body)
  fmt.Print(answer.StatusCode, " ", string(body))
}
`;
const python = `import sys, urllib.request
answer = urllib.request.urlopen(sys.argv[1])
print(answer.status, answer.read().decode(), end="")
`;
const java = `import java.net.*; import java.net.http.*;
class Client {
  public static void main(String[] args) throws Exception {
    try {
      var answer = HttpClient.newHttpClient().send(HttpRequest.newBuilder(URI.create(args[0])).build(), HttpResponse.BodyHandlers.ofString());
      System.out.print(answer.statusCode() + " " + answer.body());
    } catch (java.io.IOException error) { System.out.print("failed"); System.exit(3); }
  }
}
`;

describe("Clients behind the gateway", { timeout: 240_000 }, () => {
  let demo: DemoBed;
  let gateway: Gateway;
  let connection: Connection;
  const other = createServer((_request, response) => response.end("other"));

  before(async () => {
    demo = await DemoBed.open();
    const choice = { kubeconfig: "", context: "", namespace: "pyairtable" };
    connection = new Connection(await pinTarget([demo.bed.kubeconfig], choice));
    const proxies = new UserProxies({});
    gateway = await Gateway.open({
      reach: async () => connection.services,
      proxies,
      namespace: "pyairtable",
      script: "",
    });
    other.listen(0, "127.0.0.1");
    await once(other, "listening");
    writeFileSync(join(demo.folder, "client.go"), go);
    writeFileSync(join(demo.folder, "client.py"), python);
    writeFileSync(join(demo.folder, "Client.java"), java);
  });
  after(async () => {
    await gateway.close();
    other.close();
    other.closeAllConnections();
    demo.close();
  });

  /** Runs a client in the environment of a run; what it writes to stderr counts too. */
  async function client(command: string, ...args: string[]): Promise<Result> {
    const own = { PATH: process.env["PATH"], HOME: process.env["HOME"], GOFLAGS: "-mod=mod", GOTOOLCHAIN: "local" };
    const more = gatewayEnvironment(own, { url: gateway.url, apiServer: connection.pinned.server, script: "" });
    const child = spawn(command, args, { cwd: demo.folder, env: { ...own, ...more }, timeout: 120_000 });
    const outputs = Promise.all([buffer(child.stdout), buffer(child.stderr)]);
    const [code] = (await once(child, "close")) as [number | null];
    return { code, out: (await outputs).join("") };
  }

  const loopback = () => `http://127.0.0.1:${(other.address() as AddressInfo).port}/`;

  it("of Go reach services and everything else", async () => {
    const built = spawnSync("go", ["build", "-o", "client", "client.go"], { cwd: demo.folder, encoding: "utf8" });
    assert.equal(built.status, 0, built.stderr);
    const program = join(demo.folder, "client");
    assert.match((await client(program, health)).out, /^200 \{.*"status":"ok"/);
    assert.deepEqual(await client(program, loopback()), { code: 0, out: "200 other" });
  });

  it("of Python reach services and everything else", async () => {
    assert.match((await client("python3", "client.py", health)).out, /^200 \{.*"status":"ok"/);
    assert.deepEqual(await client("python3", "client.py", loopback()), { code: 0, out: "200 other" });
  });

  const noJava = spawnSync("java", ["-version"]).status !== 0 && "there is no Java on this machine";
  it("of Java are as without it, with not a line more on stderr", { skip: noJava }, async () => {
    assert.deepEqual(await client("java", "Client.java", loopback()), { code: 0, out: "200 other" });
    assert.deepEqual(await client("java", "Client.java", health), { code: 3, out: "failed" });
  });
});
