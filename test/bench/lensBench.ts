import { execFile } from "node:child_process";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { openEditor } from "../host/editor.ts";
import { type Claim, middle } from "./measure.ts";

const root = resolve(import.meta.dirname, "../..");
/** Two starts of VS Code differ by a tenth and more: it takes this many pairs for their median to settle. */
const rounds = 15;

/** From the runbook's text being shown to its first lens being shown, in a cold window, in ms. */
async function textToLens(extension: string): Promise<number> {
  const file = join(root, "demo/runbooks/runbook-pod-failures.md");
  const editor = await openEditor({ folder: join(root, "demo"), file, extension, log: () => {} });
  try {
    const text = editor.page.locator(".part.editor .view-line").first();
    await text.waitFor({ timeout: 60_000 });
    const shownAt = performance.now();
    await editor.page.locator(".codelens-decoration", { hasText: "Run" }).first().waitFor({ timeout: 60_000 });
    return performance.now() - shownAt;
  } finally {
    await editor.close();
  }
}

/** Podbook's lenses against those of a provider that does the least one can do, in turn, pair by pair. Builds it as it is packaged. */
export async function lensClaims(): Promise<Claim[]> {
  await promisify(execFile)(process.execPath, ["esbuild.mjs", "--minify"], { cwd: root });
  const samples: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const trivial = await textToLens(join(root, "test/bench/trivialProvider"));
    const ours = await textToLens(root);
    samples.push(ours / trivial);
  }
  return [
    {
      name: "runbook text shown → lenses shown, cold window",
      unit: "× a trivial provider",
      ...middle(samples),
      bound: 1.05,
    },
  ];
}
