import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import type { RunningProcess } from "../bed/processes.ts";
import { launchChromium } from "./chromium.ts";
import { installVscodeServer } from "./install.ts";
import { quietSettings, trusting } from "./settings.ts";
import { startVscodeServer, type VscodeServer } from "./vscodeServer.ts";
import { openWindow } from "./window.ts";
import { Workbench } from "./workbench.ts";

/** What an editor is opened with; all paths are absolute. */
export interface EditorOptions {
  readonly folder: string;
  /** A file of the folder that is shown at once. */
  readonly file?: string;
  /** The folder of the extension, as if it were installed. */
  readonly extension: string;
  /** Added to settings that keep VS Code quiet and trust every folder. */
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly env?: Readonly<Record<string, string>>;
  /** The only ones of VS Code's own extensions that are there, for a quicker start; all where not given. */
  readonly ownExtensions?: readonly string[];
  /** In pixels. */
  readonly viewport?: { readonly width: number; readonly height: number };
  /** Runs in the page before anything of VS Code does. */
  readonly first?: () => void;
  readonly log: (line: string) => void;
}

/** A VS Code on its own server with a window in a browser without a screen. */
export interface Editor {
  readonly workbench: Workbench;
  readonly page: Page;
  readonly browser: Browser;
  readonly server: VscodeServer;
  /** The folder that VS Code keeps its data in; it goes when the editor is closed. */
  readonly data: string;
  /** Changes settings of the user while VS Code runs; resolves when the window has read them. */
  change(settings: Readonly<Record<string, unknown>>): Promise<void>;
  /** Ends browser and server and removes their data. Resolves with what outlived the server by `aloneMs`. */
  close(aloneMs?: number): Promise<RunningProcess[]>;
}

/** Starts VS Code's server and opens a window on the folder. Raises what the install and the start raise. */
export async function openEditor(options: EditorOptions): Promise<Editor> {
  const vscode = await installVscodeServer(options.log);
  const data = mkdtempSync(join(tmpdir(), "podbook-vscode-"));
  let settings: Readonly<Record<string, unknown>> = { ...quietSettings, ...trusting, ...options.settings };
  const server = await startVscodeServer({
    vscode,
    folder: data,
    settings,
    extension: options.extension,
    ...(options.env ? { env: options.env } : {}),
    ...(options.ownExtensions ? { ownExtensions: options.ownExtensions } : {}),
  });
  let browser: Browser | undefined;
  const close = async (aloneMs?: number) => {
    await browser?.close();
    const left = await server.stop(aloneMs);
    rmSync(data, { recursive: true, force: true });
    return left;
  };
  try {
    browser = await launchChromium();
    const page = await openWindow(browser, { ...options, server });
    let changes = 0;
    const change = async (more: Readonly<Record<string, unknown>>) => {
      // The title is the one setting that the page shows of itself.
      const title = `settings ${++changes}`;
      settings = { ...settings, ...more, "window.title": title };
      server.writeSettings(settings);
      await page.waitForFunction(`document.title === ${JSON.stringify(title)}`);
    };
    return { workbench: new Workbench(page), page, browser, server, data, change, close };
  } catch (error) {
    await close();
    throw error;
  }
}
