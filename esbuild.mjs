// Bundles the extension into dist/: the main file with the first lenses, all its features, which are loaded once these are
// drawn, and the part that talks to the cluster, which is loaded when the first view or action needs it. The page of the Metrics view. And the CLI, which is an ES module as
// package.json says of `.js`.

import { rm } from "node:fs/promises";
import { resolve } from "node:path";
import { build } from "esbuild";
import { buildCli } from "./esbuild.cli.mjs";
import { buildMetricsView } from "./esbuild.metricsView.mjs";

// Both files know these errors by their class, so there must be one class of each.
const shared = { clusterError: "src/cluster/clusterError.ts", gatewayError: "src/cluster/gateway/gatewayError.ts" };
const entries = {
  extension: "src/extension.ts",
  features: "src/ui/features.ts",
  connection: "src/cluster/connection.ts",
  ...shared,
};

/** Turns a dynamic import of another entry, and every import of a shared one, into a load of its bundled file. */
const separateChunks = {
  name: "separate-chunks",
  setup({ onResolve }) {
    onResolve({ filter: /\.ts$/ }, ({ kind, path }) => {
      const name = path.replace(/^.*\/|\.ts$/g, "");
      const separate = (kind === "dynamic-import" && name in entries) || (kind !== "entry-point" && name in shared);
      return separate ? { path: `./${name}.cjs`, external: true } : undefined;
    });
  },
};

const minify = process.argv.includes("--minify");

await rm("dist", { recursive: true, force: true });
await build({
  entryPoints: entries,
  outdir: "dist",
  outExtension: { ".js": ".cjs" },
  bundle: true,
  platform: "node",
  format: "cjs",
  target: "node22",
  external: ["vscode"],
  // Its ES module asks import.meta for its own place, which a CommonJS bundle does not have.
  alias: { "web-tree-sitter": resolve("node_modules/web-tree-sitter/web-tree-sitter.cjs") },
  minify,
  sourcemap: minify ? false : "linked",
  plugins: [separateChunks],
});
await buildMetricsView("dist", minify);
await buildCli("dist", minify);
