import { type ChildProcess, type SpawnOptions, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import { buildCli } from "../../../esbuild.cli.mjs";

/** How the CLI ended, and what it printed. */
export interface CliResult {
  readonly status: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly out: string;
  readonly errors: string;
}

/** The CLI as it is built, in a folder of its own with a home and a journal of its own. No kubeconfig is known to it. */
export class BuiltCli {
  readonly folder: string;
  readonly program: string;
  readonly environment: NodeJS.ProcessEnv;

  private constructor(folder: string) {
    this.folder = folder;
    this.program = join(folder, "dist", "cli.js");
    const { KUBECONFIG, XDG_STATE_HOME, ...own } = process.env;
    this.environment = { ...own, HOME: folder, TMPDIR: folder };
  }

  /** The caller removes it. */
  static async build(): Promise<BuiltCli> {
    const built = new BuiltCli(mkdtempSync(join(tmpdir(), "podbook-built-")));
    await buildCli(join(built.folder, "dist"));
    return built;
  }

  /** Writes a runbook with a section for each block; gives its name. */
  runbook(name: string, ...blocks: readonly string[]): string {
    const parts = blocks.map((text, index) => `## Step ${index + 1}\n\n\`\`\`bash\n${text.trimEnd()}\n\`\`\`\n`);
    writeFileSync(join(this.folder, name), `# Book\n\n${parts.join("\n")}`);
    return name;
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** Where the runs are written down. */
  get journal(): string {
    return join(this.folder, ".local/state/podbook/runs");
  }

  /** Runs the CLI without a terminal to its end. Texts are latin1, in which every byte is a character. */
  async run(args: readonly string[], options: SpawnOptions = {}): Promise<CliResult> {
    return ended(this.start(args, options));
  }

  start(args: readonly string[], options: SpawnOptions = {}): ChildProcess {
    const { environment: env, folder: cwd } = this;
    return spawn(process.execPath, [this.program, ...args], {
      cwd,
      env,
      stdio: ["ignore", "pipe", "pipe"],
      ...options,
    });
  }

  /** Runs a line of a shell in which `podbook` is the CLI, to its end. */
  async shell(line: string): Promise<CliResult> {
    const { environment: env, folder: cwd } = this;
    const own = `podbook() { "${process.execPath}" "${this.program}" "$@"; }\n${line}`;
    return ended(spawn("bash", ["-c", own], { cwd, env, stdio: ["ignore", "pipe", "pipe"] }));
  }
}

async function ended(child: ChildProcess): Promise<CliResult> {
  const [out, errors, [status, signal]] = await Promise.all([
    child.stdout ? buffer(child.stdout) : Buffer.alloc(0),
    child.stderr ? buffer(child.stderr) : Buffer.alloc(0),
    once(child, "close") as Promise<[number | null, NodeJS.Signals | null]>,
  ]);
  return { status, signal, out: out.toString("latin1"), errors: errors.toString("latin1") };
}
