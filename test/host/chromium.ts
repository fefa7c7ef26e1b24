import { type Browser, chromium } from "playwright-core";
import type { WantedPackage } from "../bed/debian.ts";
import { findProgram } from "../run/programs.ts";

const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/** Debian's Chromium, unless this machine has a Chromium or Chrome. */
export const chromiumPackage: WantedPackage = {
  package: "chromium",
  present: () => findProgram(names) !== undefined,
};

/** Starts the machine's Chromium without a window. It reaches loopback only; the caller closes it. */
export async function launchChromium(): Promise<Browser> {
  const executablePath = findProgram(names);
  return chromium.launch({
    ...(executablePath === undefined ? {} : { executablePath }),
    args: [
      "--no-sandbox",
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
