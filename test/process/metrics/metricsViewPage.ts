import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { buildMetricsView } from "../../../esbuild.metricsView.mjs";
import { metricsPage } from "../../../src/ui/metrics/metricsPage.ts";
import { readRequest, type ViewRequest, type ViewUpdate } from "../../../src/ui/metrics/viewMessages.ts";
import { launchChromium } from "../../host/chromium.ts";
import { type Theme, themeColours } from "./themes.ts";

/** Stands in for what VS Code gives to a web view, and notes what its policy has refused. */
const standIn = `
  window.sent = [];
  window.refused = [];
  window.acquireVsCodeApi = () => ({ postMessage: (message) => window.sent.push(JSON.stringify(message)) });
  document.addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI }) =>
    window.refused.push(violatedDirective + " " + blockedURI));
  window.alert = () => window.refused.push("alert");
`;
const types: Readonly<Record<string, string>> = { js: "text/javascript", css: "text/css" };
const nonce = "n0nce";

/** The page of the Metrics view as it is built, under its own policy, in Chromium. */
export class MetricsViewPage {
  readonly page: Page;
  readonly #browser: Browser;
  readonly #server: Server;
  readonly #folder: string;

  private constructor(page: Page, browser: Browser, server: Server, folder: string) {
    this.page = page;
    this.#browser = browser;
    this.#server = server;
    this.#folder = folder;
  }

  /** The caller closes it. */
  static async open(): Promise<MetricsViewPage> {
    const folder = await mkdtemp(join(tmpdir(), "podbook-metrics-"));
    await buildMetricsView(folder);
    const server = createServer((request, response) => {
      const name = (request.url ?? "/").slice(1);
      if (name === "") {
        response.setHeader("content-type", "text/html");
        response.end(metricsPage({ script: "metricsView.js", style: "metricsView.css", styleSource: "'self'", nonce }));
        return;
      }
      const file = /^metricsView\.(js|css)$/.exec(name);
      response.setHeader("content-type", types[file?.[1] ?? ""] ?? "text/plain");
      if (file)
        readFile(join(folder, name)).then(
          (bytes) => response.end(bytes),
          () => response.destroy(),
        );
      else response.writeHead(404).end();
    });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    const browser = await launchChromium();
    const page = await browser.newPage({ viewport: { width: 900, height: 700 }, timezoneId: "UTC" });
    await page.addInitScript(standIn);
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    return new MetricsViewPage(page, browser, server, folder);
  }

  /** Shows it in the colours of one of VS Code's themes. */
  async colour(theme: Theme): Promise<void> {
    const { kind, colours } = themeColours(theme);
    const set = Object.entries(colours).map(
      ([name, value]) => `root.style.setProperty("--vscode-${name}", "${value}");`,
    );
    await this.page.evaluate(
      `{ const root = document.documentElement; ${set.join("")} document.body.className = "${kind}"; }`,
    );
  }

  /** Tells the page something, as the extension would. */
  async tell(...updates: readonly ViewUpdate[]): Promise<void> {
    // As JSON, which is what VS Code makes of its messages.
    for (const update of updates) await this.page.evaluate(`postMessage(${JSON.stringify(update)})`);
    await this.page.evaluate("new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))");
  }

  /** What the page has asked of the extension. Raises an Error where that is no request. */
  async requests(): Promise<ViewRequest[]> {
    const sent: string[] = await this.page.evaluate("window.sent");
    return sent.map((text) => {
      const request = readRequest(JSON.parse(text));
      if (!request) throw new Error(`This is no request: ${text.slice(0, 200)}`);
      return request;
    });
  }

  /** The share of the plot's pixels that are not of its background, in percent. */
  drawn(): Promise<number> {
    return this.page.evaluate(`(() => {
      const canvas = document.querySelector("canvas");
      const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
      let count = 0;
      for (let index = 3; index < data.length; index += 4) if (data[index] > 0) count++;
      return (100 * count) / (data.length / 4);
    })()`);
  }

  /** What the policy has refused, and what ran that should not. */
  refused(): Promise<string[]> {
    return this.page.evaluate("window.refused");
  }

  /** How many of these SVG texts are no XML, or hold an element that could lead or load elsewhere or run; read in a page of their own. */
  async unfitPictures(svgs: readonly string[]): Promise<number> {
    const page = await this.#browser.newPage();
    const unfit = "parsererror, script, a, image, use, foreignObject, animate, set";
    const count: number = await page.evaluate(
      `${JSON.stringify(svgs)}.filter((svg) =>
        new DOMParser().parseFromString(svg, "image/svg+xml").querySelector("${unfit}")).length`,
    );
    await page.close();
    return count;
  }

  async close(): Promise<void> {
    await this.#browser.close();
    this.#server.closeAllConnections();
    this.#server.close();
    await rm(this.#folder, { recursive: true, force: true });
  }
}
