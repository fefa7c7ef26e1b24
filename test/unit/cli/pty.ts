import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import type { BuiltCli } from "./builtCli.ts";

/** The CLI in a terminal of its own, which `script` makes, with a person who types. */
export class Pty {
  readonly #child: ChildProcess;
  readonly #closed: Promise<[number | null]>;
  #text = "";
  #read = 0;

  constructor(cli: BuiltCli, args: readonly string[]) {
    const line = [process.execPath, cli.program, ...args].map((word) => `'${word}'`).join(" ");
    const { environment: env, folder: cwd } = cli;
    this.#child = spawn("script", ["-qec", line, "/dev/null"], { env, cwd, stdio: ["pipe", "pipe", "inherit"] });
    this.#closed = once(this.#child, "close") as Promise<[number | null]>;
    this.#child.stdout?.setEncoding("utf8").on("data", (text: string) => {
      this.#text += text.replaceAll("\r\n", "\n");
      this.#child.emit("shown");
    });
  }

  /** All that was shown so far. */
  get text(): string {
    return this.#text;
  }

  /** Waits until something is shown that was not waited for before, and types then. */
  async answer(shown: string, typed: string): Promise<void> {
    for (;;) {
      const at = this.#text.indexOf(shown, this.#read);
      if (at !== -1) {
        this.#read = at + shown.length;
        break;
      }
      const more = await Promise.race([once(this.#child, "shown").then(() => true), this.#closed.then(() => false)]);
      if (!more && this.#text.indexOf(shown, this.#read) === -1)
        throw new Error(`never shown: ${shown}\n${this.#text}`);
    }
    this.type(typed);
  }

  type(text: string): void {
    this.#child.stdin?.write(text);
  }

  /** The exit status of the CLI. */
  async ended(): Promise<number | null> {
    const [status] = await this.#closed;
    return status;
  }
}
