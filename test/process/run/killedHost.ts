// A host that is going to be killed: runs the script in its first argument, and prints what the run prints.
import { Runs } from "../../../src/run/runs.ts";
import { optionsFor, planOf } from "../../unit/run/runs.ts";

const { options } = optionsFor(planOf(process.argv[2] ?? ""), {
  onOutput: ({ bytes }) => {
    process.stdout.write(bytes);
  },
  onSpawned: (_pid, folder) => {
    console.log(`folder ${folder}`);
  },
});
await new Runs().start(options).ended;
