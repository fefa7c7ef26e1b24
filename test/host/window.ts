import type { Browser, Page } from "playwright-core";
import type { VscodeServer } from "./vscodeServer.ts";

/** What a browser window on a VS Code server shows. All paths are absolute. */
export interface WindowOptions {
  readonly server: Pick<VscodeServer, "authority" | "token">;
  readonly folder: string;
  readonly file?: string;
  /** An extension under development, and the module whose `run()` is called in the extension host: automated servers only. */
  readonly suite?: { readonly extension: string; readonly module: string };
  /** In pixels. */
  readonly viewport?: { readonly width: number; readonly height: number };
  /** Runs in the page before anything of VS Code does. */
  readonly first?: () => void;
}

/** The address under which the server shows the folder with the extension. */
export function windowAddress(options: Omit<WindowOptions, "viewport" | "first">): string {
  const { authority, token } = options.server;
  const remote = (path: string) => `vscode-remote://${authority}${path}`;
  const payload = [["skipWelcome", "true"]];
  if (options.suite) {
    payload.push(["extensionDevelopmentPath", remote(options.suite.extension)]);
    payload.push(["extensionTestsPath", remote(options.suite.module)]);
  }
  if (options.file) payload.push(["openFile", remote(options.file)]);
  const address = new URL(`http://${authority}/`);
  address.searchParams.set("tkn", token);
  address.searchParams.set("folder", options.folder);
  address.searchParams.set("payload", JSON.stringify(payload));
  return address.href;
}

/** Opens a window with storage of its own and resolves when the workbench stands. */
export async function openWindow(browser: Browser, options: WindowOptions): Promise<Page> {
  const context = await browser.newContext({ viewport: options.viewport ?? { width: 1400, height: 1000 } });
  if (options.first) await context.addInitScript(options.first);
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  await page.goto(windowAddress(options));
  await page.locator(".monaco-workbench .part.editor").waitFor({ timeout: 60_000 });
  return page;
}
