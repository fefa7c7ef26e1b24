import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Programs that note the words they are called with instead of doing something. */
const programs = "kubectl curl ssh psql awk sed grep xargs helm touchx".split(" ");

/** What came of a script: the calls with their words in alphabetic order, and what it printed. */
export interface Noted {
  readonly calls: readonly string[];
  readonly output: string;
  /** Whether something made the canary. */
  readonly executed: boolean;
}

/** Runs scripts whose programs only note their calls, many in one bash, each in a subshell of its own. */
export class NotedCalls {
  readonly #folder = mkdtempSync(join(tmpdir(), "podbook-injection-"));
  /** A file that does not exist, for hostile scripts to make. */
  readonly canary = join(this.#folder, "canary");

  run(scripts: readonly string[]): Noted[] {
    const work = join(this.#folder, "work");
    rmSync(work, { recursive: true, force: true });
    mkdirSync(work);
    scripts.forEach((script, index) => {
      writeFileSync(join(work, `${index}.sh`), script);
    });
    const driver = join(this.#folder, "driver.sh");
    // A file for each program: those of a pipeline run at the same time, and bash writes long arguments in pieces.
    const notes = programs.map(
      (name) => `${name}() { local IFS=$'\\x1f'; printf '%s\\x1e' "${name}$IFS$*" >> "$NOTES.${name}"; }`,
    );
    const loop = `
      for ((at = 0; at < ${scripts.length}; at++)); do
        NOTES=${work}/$at
        (. ${work}/$at.sh) > $NOTES.out 2> $NOTES.errors < /dev/null
        if [ -e ${this.canary} ]; then rm ${this.canary}; : > $NOTES.executed; fi
      done`;
    writeFileSync(driver, `${notes.join("\n")}\n${loop}\n`);
    const env = { PATH: process.env["PATH"] ?? "", HOME: "/nonexistent" };
    const { status } = spawnSync("bash", [driver], { cwd: this.#folder, env, timeout: 60_000 });
    assert.equal(status, 0);
    const noted = readdirSync(work);
    return scripts.map((_, index) => ({
      calls: noted
        .filter((name) => name.startsWith(`${index}.`) && programs.includes(name.slice(name.indexOf(".") + 1)))
        .flatMap((name) => readFileSync(join(work, name), "utf8").split("\x1e"))
        .sort(),
      output: readFileSync(join(work, `${index}.out`), "utf8"),
      executed: existsSync(join(work, `${index}.executed`)),
    }));
  }

  remove(): void {
    rmSync(this.#folder, { recursive: true });
  }
}
