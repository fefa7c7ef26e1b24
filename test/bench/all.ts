// `npm run bench [NAME…]`: measures the project's speed claims, each as a ratio to a baseline of the same run, and says which hold.

import { gatewayClaims } from "./gatewayBench.ts";
import { lensClaims } from "./lensBench.ts";
import { type Claim, claimLine } from "./measure.ts";
import { podsClaims } from "./podsBench.ts";
import { podsLinearClaims } from "./podsLinearBench.ts";
import { runClaims } from "./runBench.ts";
import { runbookClaims } from "./runbookClaims.ts";
import { shellClaims } from "./shellBench.ts";

const benches: Readonly<Record<string, () => Promise<Claim[]>>> = {
  runbook: runbookClaims,
  shell: shellClaims,
  lens: lensClaims,
  run: runClaims,
  gateway: gatewayClaims,
  pods: podsClaims,
  "pods-linear": podsLinearClaims,
};

const wanted = process.argv.length > 2 ? process.argv.slice(2) : Object.keys(benches);
let broken = 0;
for (const name of wanted) {
  const bench = benches[name];
  if (!bench) {
    console.error(`There is no bench "${name}". There are: ${Object.keys(benches).join(", ")}.`);
    process.exit(2);
  }
  for (const claim of await bench()) {
    console.log(claimLine(claim));
    if (claim.value > claim.bound) broken++;
  }
}
process.exit(broken > 0 ? 1 : 0);
