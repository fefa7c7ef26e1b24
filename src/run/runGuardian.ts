import { type ChildProcess, spawn } from "node:child_process";
import { Socket } from "node:net";

// Reads which groups there are, and ends them when the pipe is closed: what is listed then has no other owner. The pattern
// keeps a mangled line from removing anything else. Works with bash 3.2.
const script = `
groups=() folders=()
while read -r verb group folder; do
  case $verb in
    watch) groups+=("$group") folders+=("$folder") ;;
    release) for at in "\${!groups[@]}"; do if [ "\${groups[at]}" = "$group" ]; then unset "groups[at]" "folders[at]"; fi; done ;;
  esac
done
signal() { for group in "\${groups[@]}"; do kill -s "$1" -- "-$group"; done }
if [ "\${#groups[@]}" -gt 0 ]; then
  signal INT; sleep 0.3; signal TERM; sleep 2; signal KILL
  for folder in "\${folders[@]}"; do case $folder in */podbook-run-*) rm -rf -- "$folder" ;; esac; done
fi
`;

/**
 * A small process that outlives this one, however it dies, and then ends the runs it leaves behind: every process of their
 * groups, and the private folders that hold their credentials.
 */
export class RunGuardian {
  #process: ChildProcess | undefined;

  /** Takes charge of a process group and the private folder of its run. The guardian is started with the first. */
  watch(group: number, folder: string): void {
    this.#process ??= this.#start();
    this.#tell(`watch ${group} ${folder}`);
  }

  /** Nothing is left of a group. */
  release(group: number): void {
    this.#tell(`release ${group}`);
  }

  /** Lets the guardian go. What is still watched is ended. */
  dispose(): void {
    this.#process?.stdin?.end();
    this.#process = undefined;
  }

  #tell(line: string): void {
    const stdin = this.#process?.stdin;
    if (stdin?.writable) stdin.write(`${line}\n`);
  }

  #start(): ChildProcess {
    // A session of its own: signals to this process's group do not reach it.
    const guardian = spawn("bash", ["-c", script, "podbook-guardian"], {
      detached: true,
      stdio: ["pipe", "ignore", "ignore"],
    });
    const forget = () => {
      if (this.#process === guardian) this.#process = undefined;
    };
    // Where it cannot be started or was killed, runs go on without: the next start of Podbook finds what is left.
    guardian.on("error", forget).on("exit", forget);
    guardian.stdin.on("error", forget);
    guardian.unref();
    if (guardian.stdin instanceof Socket) guardian.stdin.unref();
    return guardian;
  }
}
