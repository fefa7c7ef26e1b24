import { join } from "node:path";
import { parseArgs } from "node:util";
import { type BedOptions, bedDown, bedReset, bedStatus, bedUp, requireBed } from "./bed.ts";
import { demoNamespace } from "./demo.ts";
import { BedError } from "./errors.ts";
import { breakWorkload } from "./failures/breakWorkload.ts";
import { type FailureKind, failureKinds } from "./failures/failure.ts";
import { mend } from "./failures/mend.ts";
import { kubectlFor } from "./kubectl.ts";
import { bedScale } from "./scale.ts";
import { bedPaths } from "./state.ts";

const checkout = join(import.meta.dirname, "../..");

const usage = `npm run bed -- COMMAND [--name NAME]
  up                     start the bed, or mend it
  down                   end it, with everything that belongs to it
  status                 say how it is
  reset                  bring the namespace ${demoNamespace} back to what its manifests say
  scale N                make N plain pods in the namespace "scale"; 0 removes them
  kubeconfig             print the path of its kubeconfig
  break KIND [WORKLOAD]  make a workload (api-gateway) fail: ${failureKinds.join(", ")}
  mend                   undo all failures`;

async function main(): Promise<void> {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: { name: { type: "string", default: "bed" } },
  });
  const [command, first, second] = positionals;
  const log = (line: string): void => console.error(line);
  const options = { checkout, name: bedName(values.name), log };
  switch (command) {
    case "up":
      await bedUp(options);
      return;
    case "down":
      await bedDown(options);
      return;
    case "status":
      await status(options);
      return;
    case "reset":
      await bedReset(options);
      return;
    case "scale":
      await bedScale(await requireBed(options), podCount(first), log);
      return;
    case "kubeconfig":
      console.log((await requireBed(options)).kubeconfig);
      return;
    case "break":
      console.log(await breakWorkload(await requireBed(options), failureKind(first), second ?? "api-gateway"));
      return;
    case "mend":
      log("» Undoing all failures (usually 10 s, with a node down 30 s)");
      await mend(await requireBed(options));
      return;
    default:
      throw new BedError("usage", usage);
  }
}

/** Prints how the bed is; the exit code is 0 only when it is up. */
async function status(options: BedOptions): Promise<void> {
  const { state, problems, processes } = await bedStatus(options);
  console.log(`The bed "${options.name}" is ${state}${problems.length > 0 ? `: ${problems.join("; ")}` : ""}.`);
  for (const [name, pid] of Object.entries(processes)) console.log(`  ${name.padEnd(26)}process ${pid}`);
  if (state !== "up") {
    process.exitCode = 3;
    return;
  }
  const bed = await requireBed(options);
  const kubectl = kubectlFor(bed.kubectl, bedPaths(options));
  console.log(`  ${"kubeconfig".padEnd(26)}${bed.kubeconfig}\n`);
  console.log(await kubectl(["get", "nodes"]));
  process.stdout.write(await kubectl(["get", "pods", "-n", demoNamespace, "-o", "wide"]));
}

function bedName(name: string): string {
  if (/^[a-z][a-z0-9-]{0,19}$/.test(name)) return name;
  throw new BedError("usage", `A bed's name is up to 20 small letters, digits and dashes, not "${name}".`);
}

function podCount(text: string | undefined): number {
  if (text !== undefined && /^\d{1,5}$/.test(text)) return Number(text);
  throw new BedError("usage", "Say how many pods: npm run bed -- scale N, with N from 0 to 99999.");
}

function failureKind(text: string | undefined): FailureKind {
  const kind = failureKinds.find((candidate) => candidate === text);
  if (kind !== undefined) return kind;
  throw new BedError("usage", `Say how it shall fail: npm run bed -- break KIND, one of ${failureKinds.join(", ")}.`);
}

process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  // The reader has seen enough, as in "… status | head -1".
  if (error.code === "EPIPE") process.exit();
  throw error;
});
try {
  await main();
} catch (error) {
  if (!(error instanceof BedError)) throw error;
  console.error(error.message);
  process.exitCode = error.reason === "usage" ? 2 : 1;
}
