import assert from "node:assert/strict";
import { once } from "node:events";
import { type AddressInfo, connect, createServer } from "node:net";
import { text } from "node:stream/consumers";
import { describe, it } from "node:test";
import { ServiceForward } from "../../../src/cluster/gateway/serviceForward.ts";
import { LocalCluster } from "./localCluster.ts";

describe("A forward of a service", { timeout: 20_000 }, () => {
  const ask = async (address: string): Promise<string> => {
    const socket = connect(Number(address.split(":")[1]), "127.0.0.1");
    socket.write("GET / HTTP/1.0\r\n\r\n");
    return text(socket).catch((error: NodeJS.ErrnoException) => error.code ?? "failed");
  };

  it("leads each connection to a pod that can be reached, and says why where there is none", async () => {
    const cluster = new LocalCluster();
    await cluster.serve("db.shop", null, (_request, response) => response.end("second"));
    await cluster.serve("none.shop");
    let changes = 0;
    const open = (service: string, port: number) =>
      ServiceForward.open({
        service: { namespace: "shop", service, port, name: "" },
        reach: cluster,
        onChange: () => changes++,
      });
    const [db, none] = [await open("db", 80), await open("none", 80)];
    try {
      for (let round = 0; round < 3; round++) assert.match(await ask(db.address), /second$/);
      while (db.connections > 0) await new Promise((resolve) => setImmediate(resolve));
      assert.equal(db.problem, null);
      assert.equal(changes, 6, "each came and went");
      assert.equal(await ask(none.address), "ECONNRESET");
      assert.equal(none.problem, "No pod is ready.");
    } finally {
      await Promise.all([db.close(), none.close(), cluster.close()]);
    }
    assert.equal(await ask(db.address), "ECONNREFUSED");
  });

  it("has the service's own port number where that is free", async () => {
    const cluster = new LocalCluster();
    const taken = createServer().listen(0, "127.0.0.1");
    await once(taken, "listening");
    const { port } = taken.address() as AddressInfo;
    const open = () =>
      ServiceForward.open({
        service: { namespace: "shop", service: "db", port, name: "" },
        reach: cluster,
        onChange: () => {},
      });
    const other = await open();
    assert.notEqual(other.address, `127.0.0.1:${port}`);
    taken.close();
    await once(taken, "close");
    const same = await open();
    assert.equal(same.address, `127.0.0.1:${port}`);
    await Promise.all([other.close(), same.close()]);
  });

  it("ends its connections when it is closed", async () => {
    const cluster = new LocalCluster();
    await cluster.serve("hangs.shop", () => {});
    const service = { namespace: "shop", service: "hangs", port: 80, name: "" };
    const forward = await ServiceForward.open({ service, reach: cluster, onChange: () => {} });
    const waiting = ask(forward.address);
    while (cluster.arrived.length === 0) await new Promise((resolve) => setImmediate(resolve));
    assert.equal(forward.connections, 1);
    await forward.close();
    assert.ok(["", "ECONNRESET"].includes(await waiting));
    await cluster.close();
  });
});
