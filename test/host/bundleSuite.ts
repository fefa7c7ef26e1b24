import { globSync, rmSync } from "node:fs";
import { join } from "node:path";
import { build, stop } from "esbuild";

/** Bundles the host suite into `out/host` of the checkout and resolves with the module that has `run()`. */
export async function bundleSuite(root: string): Promise<string> {
  const outdir = join(root, "out", "host");
  rmSync(outdir, { recursive: true, force: true });
  const suite = join(import.meta.dirname, "suite");
  await build({
    entryPoints: [join(suite, "main.ts"), ...globSync("*.test.ts", { cwd: suite }).map((file) => join(suite, file))],
    outdir,
    outExtension: { ".js": ".cjs" },
    bundle: true,
    platform: "node",
    format: "cjs",
    target: "node22",
    external: ["vscode", "mocha"],
    sourcemap: "inline",
    logLevel: "warning",
  });
  await stop(); // Its service would live as long as this process.
  return join(outdir, "main.cjs");
}
