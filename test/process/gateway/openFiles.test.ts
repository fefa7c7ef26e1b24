import assert from "node:assert/strict";
import { once } from "node:events";
import { readdirSync } from "node:fs";
import { connect } from "node:net";
import { after, describe, it } from "node:test";
import { credentialOf, echo, LocalCluster } from "../../unit/gateway/localCluster.ts";

const runs = 1000;

// In a file of its own, so in a process of its own: the counts are those of the whole process.
describe("The files and sockets of gateways", { timeout: 60_000 }, () => {
  const cluster = new LocalCluster();
  after(() => cluster.close());

  it("are what they were before, after 1,000 runs", async () => {
    await cluster.serve("thousand.shop", echo);
    const run = async () => {
      const gateway = await cluster.gateway();
      const socket = connect(Number(new URL(gateway.url).port), "127.0.0.1");
      const closed = once(socket, "close");
      socket.write(`GET http://thousand.shop.svc/ HTTP/1.1\r\nHost: x\r\n${credentialOf(gateway)}\r\n`);
      const [answer] = (await once(socket, "data")) as [Buffer];
      assert.match(answer.toString(), /^HTTP\/1\.1 200 /);
      await gateway.close();
      await closed;
    };
    await run();
    const before = await settled();
    for (let count = 0; count < runs; count++) await run();
    assert.equal(cluster.opened, runs + 1, "each had a connection of its own");
    assert.deepEqual(await settled(), before);
  });
});

/** How many descriptors and sockets are open, once that has not changed for 100 ms: the far side hears of an end late. */
async function settled(): Promise<{ descriptors: number; sockets: number }> {
  const count = () => ({
    descriptors: readdirSync("/proc/self/fd").length,
    sockets: process.getActiveResourcesInfo().filter((one) => /^(TCP|TLS)(Socket|Server)Wrap$/.test(one)).length,
  });
  for (let seen = count(); ; ) {
    await new Promise((resolve) => setTimeout(resolve, 100));
    const now = count();
    if (now.descriptors === seen.descriptors && now.sockets === seen.sockets) return now;
    seen = now;
  }
}
