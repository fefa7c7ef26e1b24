import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { postgresPackage } from "../bed/agent/postgresFiles.ts";
import { prometheusPackage } from "../bed/agent/prometheusProcess.ts";
import { type Bed, bedUp } from "../bed/bed.ts";
import { ensureDebianPackages, type WantedPackage } from "../bed/debian.ts";
import { chromiumPackage } from "../host/chromium.ts";
import { compilerPackages, installVscodeServer } from "../host/install.ts";

/** What is prepared, and for which checkout. */
export interface SetUpOptions {
  /** The checkout. */
  readonly root: string;
  readonly bedName: string;
  /** The Debian packages that will be needed, installed in one apt-get run before all else. */
  readonly packages: readonly WantedPackage[];
  readonly log: (line: string) => void;
}

/** The Debian packages of a bed. */
export const bedPackages: readonly WantedPackage[] = [postgresPackage, prometheusPackage];

/** All Debian packages of the tests, and of a demo whose editor is the VS Code server. */
export const serverPackages: readonly WantedPackage[] = [...bedPackages, chromiumPackage, ...compilerPackages];

/** What the demo and the tests need before they can begin; each part is prepared at most once. */
export class SetUp {
  readonly #options: SetUpOptions;
  readonly #begun = new Map<string, Promise<unknown>>();

  constructor(options: SetUpOptions) {
    this.#options = options;
  }

  /** A bed that runs. Raises BedError, MissingPackagesError. */
  bed(): Promise<Bed> {
    return this.#once("bed", async () => {
      await this.packages();
      const { root, bedName, log } = this.#options;
      return bedUp({ checkout: root, name: bedName, log });
    });
  }

  /** The folder of the installed VS Code server. Raises ServerInstallError, MissingPackagesError. */
  vscode(): Promise<string> {
    return this.#once("vscode", async () => {
      await this.packages();
      return installVscodeServer(this.#options.log);
    });
  }

  /** The bundled extension in `dist/`. Rejects with esbuild's output. */
  extension(): Promise<unknown> {
    return this.#once("extension", () => {
      const { root, log } = this.#options;
      log("» Building the extension (usually 1 s)");
      return promisify(execFile)(process.execPath, ["esbuild.mjs"], { cwd: root });
    });
  }

  /** The Debian packages. Two apt-get runs at a time would only wait for each other. Raises MissingPackagesError. */
  packages(): Promise<void> {
    return this.#once("packages", () => ensureDebianPackages(this.#options.packages, this.#options.log));
  }

  #once<T>(name: string, work: () => Promise<T>): Promise<T> {
    const begun = (this.#begun.get(name) as Promise<T> | undefined) ?? work();
    this.#begun.set(name, begun);
    return begun;
  }
}
