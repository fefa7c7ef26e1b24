import { fileURLToPath } from "node:url";
import { build } from "esbuild";

/** Bundles the page of the Metrics view, which runs in a browser, as `metricsView.js` and `metricsView.css` into a folder. */
export async function buildMetricsView(folder, minify = false) {
  await build({
    absWorkingDir: fileURLToPath(new URL(".", import.meta.url)),
    entryPoints: ["src/ui/metrics/webview/metricsView.ts", "src/ui/metrics/webview/metricsView.css"],
    outdir: folder,
    bundle: true,
    platform: "browser",
    format: "iife",
    target: "es2022",
    minify,
  });
}
