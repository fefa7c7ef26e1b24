import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { Connection } from "../../src/cluster/connection.ts";
import { Gateway } from "../../src/cluster/gateway/gateway.ts";
import { UserProxies } from "../../src/cluster/gateway/userProxies.ts";
import { pinTarget } from "../../src/cluster/kubeconfig.ts";
import { bedDown } from "../bed/bed.ts";
import { DemoBed } from "../cluster/demoBed.ts";
import { throughPortForward } from "../cluster/portForward.ts";
import { type Claim, middle } from "./measure.ts";

const rounds = 7;
const requests = 25;
const path = "/health";

/** A small GET by curl through the gateway, against the same through `kubectl port-forward`; turn and turn about. */
export async function gatewayClaims(): Promise<Claim[]> {
  const name = "bench";
  const demo = await DemoBed.open(name);
  const choice = { kubeconfig: "", context: "", namespace: "pyairtable" };
  const connection = new Connection(await pinTarget([demo.bed.kubeconfig], choice));
  const proxies = new UserProxies({});
  const reach = async () => connection.services;
  const gateway = await Gateway.open({ reach, proxies, namespace: "pyairtable", script: "" });
  try {
    return await throughPortForward(demo.bed, "api-gateway", 8080, async (address) => {
      const through = () => get(`http://api-gateway.pyairtable.svc.cluster.local:8080${path}`, gateway.url);
      const forwarded = () => get(`${address}${path}`);
      // The first request of each makes what the others use again.
      await Promise.all([through(), forwarded()]);
      const ratios: number[] = [];
      for (let round = 0; round < rounds; round++) {
        const times = { through: [] as number[], forwarded: [] as number[] };
        for (let count = 0; count < requests; count++) {
          times.through.push(await through());
          times.forwarded.push(await forwarded());
        }
        ratios.push(middle(times.through).value / middle(times.forwarded).value);
      }
      return [
        { name: "a small GET through the gateway", unit: "× kubectl port-forward", ...middle(ratios), bound: 1.2 },
      ];
    });
  } finally {
    await gateway.close();
    demo.close();
    await bedDown({ checkout: demo.bed.checkout, name, log: console.error });
  }
}

/** How long curl waits for the whole answer, in s; its own start is not counted. */
async function get(url: string, proxy = ""): Promise<number> {
  const args = ["-sS", "-f", "-o", "/dev/null", "-w", "%{time_total}", url];
  const env = { PATH: process.env["PATH"], http_proxy: proxy };
  return Number((await promisify(execFile)("curl", args, { env })).stdout);
}
