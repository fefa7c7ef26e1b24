import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { loadShellParser } from "../../src/run/loadShellParser.ts";
import { readRunbook } from "../../src/runbook/runbook.ts";
import { analyseBlock } from "../../src/shell/analyseBlock.ts";
import { type Claim, middle } from "./measure.ts";

const root = resolve(import.meta.dirname, "../..");
const blockCount = 1000;
const rounds = 7;

/** Analyses 1,000 different blocks, made of those of the demo's runbooks; seconds for all of them. */
export async function shellClaims(): Promise<Claim[]> {
  const parser = await loadShellParser(join(root, "dist"));
  const folder = join(root, "demo/runbooks");
  const texts = readdirSync(folder).flatMap((file) =>
    readRunbook(readFileSync(join(folder, file), "utf8")).blocks.map((block) => block.text),
  );
  const samples: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const blocks = Array.from({ length: blockCount }, (_, index) => {
      const text = texts[index % texts.length] ?? "";
      return text.replaceAll("pyairtable", `namespace-${round}-${index}`);
    });
    const startedAt = performance.now();
    for (const block of blocks) analyseBlock(block, "bash", parser);
    samples.push((performance.now() - startedAt) / 1000);
  }
  return [{ name: "shell analysis of 1,000 blocks", unit: "s", ...middle(samples), bound: 1 }];
}
