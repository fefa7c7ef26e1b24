import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { type Claim, middle } from "./measure.ts";
import type { EngineMeasure } from "./runEngine.ts";

const rounds = 5;
const helloRounds = 40;
const gigabyte = 1_000_000_000;
/** Lines as programs print them, as fast as a pipe takes them. */
const flood = `yes "2026-11-25T03:00:00Z INFO request handled path=/api/status status=200 ms=12" | head -c ${gigabyte}\n`;

/** A run through the whole engine (gateway, masking, journal on disk, panel text) against bash alone, in turns. */
export async function runClaims(): Promise<Claim[]> {
  const folder = mkdtempSync(join(tmpdir(), "podbook-bench-"));
  try {
    const floods: { readonly ratio: number; readonly engine: EngineMeasure }[] = [];
    for (let round = 0; round < rounds; round++) {
      const bare = await bareMs(flood, folder);
      const [engine] = await engineMeasures(flood, 1);
      if (engine) floods.push({ ratio: engine.wallMs / bare, engine });
    }
    const bareHello: number[] = [];
    for (let round = 0; round < helloRounds; round++) bareHello.push(await firstByteMs(folder));
    const hello = (await engineMeasures("echo hi\n", helloRounds)).map(({ firstByteMs }) => firstByteMs);
    const allowed = 1.3 * middle(bareHello).value + 5;
    const engines = floods.map(({ engine }) => engine);
    return [
      claim(
        "1 GB through the engine",
        "× bash | cat > file",
        floods.map(({ ratio }) => ratio),
        1.5,
      ),
      claim(
        "memory that 1 GB takes",
        "MB",
        engines.map(({ grownMb }) => grownMb),
        100,
      ),
      claim(
        "longest stop of the event loop meanwhile",
        "ms",
        engines.map(({ blockedMs }) => blockedMs),
        50,
      ),
      claim(
        "updates of the panel a second meanwhile",
        "a second",
        engines.map(({ updatesASecond }) => updatesASecond),
        20,
      ),
      claim("first byte of echo hi", `ms, bare bash ${middle(bareHello).value.toFixed(1)}`, hello, allowed),
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function claim(name: string, unit: string, samples: readonly number[], bound: number): Claim {
  return { name, unit, ...middle(samples), bound: Math.round(bound * 10) / 10 };
}

async function bareMs(script: string, folder: string): Promise<number> {
  const file = join(folder, "block.sh");
  writeFileSync(file, script);
  const begin = performance.now();
  await promisify(execFile)("bash", ["-c", 'bash "$0" | cat > "$1"', file, join(folder, "out")]);
  return performance.now() - begin;
}

async function firstByteMs(folder: string): Promise<number> {
  const file = join(folder, "hello.sh");
  writeFileSync(file, "echo hi\n");
  const begin = performance.now();
  const bash = spawn("bash", [file], { stdio: ["ignore", "pipe", "inherit"] });
  await once(bash.stdout, "data");
  const took = performance.now() - begin;
  await once(bash, "close");
  return took;
}

/** In a process of its own, so that its memory and its event loop are the engine's alone. */
async function engineMeasures(script: string, count: number): Promise<EngineMeasure[]> {
  const engine = join(import.meta.dirname, "runEngine.ts");
  const { stdout } = await promisify(execFile)(process.execPath, [engine, String(count), script]);
  return JSON.parse(stdout) as EngineMeasure[];
}
