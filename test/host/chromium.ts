import { type Browser, chromium } from "playwright-core";
import type { WantedPackage } from "../bed/debian.ts";
import { findProgram } from "../run/programs.ts";

const names = ["chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/** Debian's Chromium without what only a screen needs, unless this machine has a Chromium or Chrome. */
export const chromiumPackage: WantedPackage = {
  package: "chromium-headless-shell",
  present: () => findProgram(names) !== undefined,
};

/** Starts the machine's Chromium without a window. It reaches loopback only; the caller closes it. */
export async function launchChromium(): Promise<Browser> {
  const executablePath = findProgram(names);
  return chromium.launch({
    ...(executablePath === undefined ? {} : { executablePath }),
    args: [
      "--no-sandbox",
      // A window of a test lives too short for its scripts to be compiled a second time: a tenth of the work of a window.
      "--js-flags=--max-lazy --no-opt",
      "--disable-gpu",
      "--disable-quic",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      "--no-first-run",
      "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
    ],
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
  });
}
