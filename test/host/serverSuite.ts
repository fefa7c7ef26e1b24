import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { launchChromium } from "./chromium.ts";
import { installVscodeServer } from "./install.ts";
import type { SuiteRun } from "./run.ts";
import { quietSettings, trusting } from "./settings.ts";
import { startVscodeServer } from "./vscodeServer.ts";
import { windowAddress } from "./window.ts";

const longestRun = 5 * 60_000;

/** Runs the suite in the extension host of VS Code's server, with a window in Chromium. Resolves with what went wrong, if anything. */
export async function runInServer({ extension, module, folder, env, log }: SuiteRun): Promise<string | undefined> {
  const vscode = await installVscodeServer(log);
  const workspace = join(folder, "workspace");
  mkdirSync(workspace);
  const settings = { ...quietSettings, ...trusting };
  const server = await startVscodeServer({ vscode, folder, settings, env, automated: true });
  let browser: Browser | undefined;
  try {
    browser = await launchChromium();
    const page = await browser.newPage();
    const { ended } = await suiteEnd(page);
    await page.goto(windowAddress({ server, folder: workspace, suite: { extension, module } }));
    return await ended;
  } finally {
    await browser?.close();
    await server.stop();
  }
}

/** Gives the page the functions that VS Code calls in a test run; `ended` resolves with what went wrong, if anything. */
async function suiteEnd(page: Page): Promise<{ ended: Promise<string | undefined> }> {
  const output: string[] = [];
  const { promise: ended, resolve } = Promise.withResolvers<string | undefined>();
  const end = (problem?: string) => {
    clearTimeout(timer);
    resolve(problem === undefined ? undefined : `The suite ${problem}.\n${output.slice(-100).join("\n")}`);
  };
  const timer = setTimeout(() => end("did not end within 5 minutes"), longestRun);
  page.on("close", () => end("lost its window"));
  await page.exposeFunction("codeAutomationLog", (type: string, args: unknown[]) => {
    output.push(`${type}: ${args.map(String).join(" ")}`);
  });
  await page.exposeFunction("codeAutomationExit", (code: number) =>
    end(code === 0 ? undefined : `ended with code ${code}`),
  );
  return { ended };
}
