import { chmod, copyFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = fileURLToPath(new URL(".", import.meta.url));

/** Bundles the CLI as `cli.js` into a folder, with the shell parser's WebAssembly, which is read when first needed. */
export async function buildCli(folder, minify = false) {
  const bundle = join(folder, "cli.js");
  await build({
    absWorkingDir: root,
    entryPoints: ["src/cli.ts"],
    outfile: bundle,
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node22",
    minify,
  });
  await chmod(bundle, 0o755);
  for (const name of ["web-tree-sitter", "tree-sitter-bash"]) {
    await copyFile(join(root, "node_modules", name, `${name}.wasm`), join(folder, `${name}.wasm`));
  }
}
