import { type Disposable, type Terminal, ThemeIcon, window } from "vscode";
import { describeTarget } from "../../plan/plan.ts";
import type { Connect } from "../../run/planExecutor.ts";
import type { PreparedRun } from "../../run/preparedRun.ts";
import { createPrivateFolder, type PrivateFolder } from "../../run/privateFolder.ts";
import { openRunGateway, type RunGateway } from "../../run/runGateway.ts";

interface OpenTerminal {
  readonly folder: PrivateFolder;
  readonly gateway: RunGateway | null;
}

// Ctrl-C is for the block, not for the shell around it. Its last words stay to be read.
const around = `trap : INT; printf '%s\\n\\n' "$2"; bash "$1"; code=$?
printf '\\n%s' "exit $code · press Enter to close this terminal"; read -r; exit 0`;

/**
 * Blocks that run in a terminal of their own: pinned as any run is, with the same gateway, but with a keyboard. The block
 * is given to bash as a file; nothing is typed into a shell that may not be what it seems.
 */
export class TerminalRuns {
  readonly #connect: Connect;
  readonly #onProblem: (error: unknown) => void;
  readonly #open = new Map<Terminal, OpenTerminal>();
  readonly #listener: Disposable;

  constructor(connect: Connect, onProblem: (error: unknown) => void) {
    this.#connect = connect;
    this.#onProblem = onProblem;
    this.#listener = window.onDidCloseTerminal((terminal) => this.#forget(terminal));
  }

  /** Opens a terminal that runs a plan which the person has agreed to. */
  async start({ plan, pinned }: PreparedRun): Promise<void> {
    const files = { "block.sh": plan.script, ...(pinned ? { kubeconfig: pinned.kubeconfig } : {}) };
    const folder = await createPrivateFolder(files);
    const gateway = await openRunGateway({ plan, pinned }, this.#connect, process.env);
    const head = `${plan.title} · ${describeTarget(plan.target)}`;
    const terminal = window.createTerminal({
      name: plan.title,
      cwd: plan.directory,
      shellPath: "bash",
      shellArgs: ["-c", around, "podbook", folder.path("block.sh"), head],
      env: {
        ...(pinned ? { KUBECONFIG: folder.path("kubeconfig") } : {}),
        ...gateway?.variables(process.env),
      },
      iconPath: new ThemeIcon("notebook"),
      // After a reload of the window its kubeconfig and its gateway would be gone.
      isTransient: true,
    });
    this.#open.set(terminal, { folder, gateway });
    terminal.show();
  }

  dispose(): void {
    for (const terminal of [...this.#open.keys()]) {
      this.#forget(terminal);
      terminal.dispose();
    }
    this.#listener.dispose();
  }

  #forget(terminal: Terminal): void {
    const open = this.#open.get(terminal);
    this.#open.delete(terminal);
    open?.folder.remove();
    open?.gateway?.close().catch(this.#onProblem);
  }
}
