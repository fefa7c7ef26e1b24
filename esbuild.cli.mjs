import { chmod, copyFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = fileURLToPath(new URL(".", import.meta.url));

// What a CommonJS package in an ES module asks for by `require` is a module of Node.
const requireForPackages =
  'import { createRequire as podbookCreateRequire } from "node:module"; const require = podbookCreateRequire(import.meta.url);';

/**
 * Bundles the CLI as `cli.js` into a folder: what only `run` needs is in files of its own, those that begin with `cli-`. And
 * the shell parser's WebAssembly, which is read when first needed.
 */
export async function buildCli(folder, minify = false) {
  const bundle = join(folder, "cli.js");
  await build({
    absWorkingDir: root,
    entryPoints: { cli: "src/cli.ts" },
    outdir: folder,
    chunkNames: "cli-[name]-[hash]",
    splitting: true,
    bundle: true,
    platform: "node",
    format: "esm",
    banner: { js: requireForPackages },
    target: "node22",
    minify,
  });
  await chmod(bundle, 0o755);
  for (const name of ["web-tree-sitter", "tree-sitter-bash"]) {
    await copyFile(join(root, "node_modules", name, `${name}.wasm`), join(folder, `${name}.wasm`));
  }
}
