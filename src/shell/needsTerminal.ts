import type { BlockAnalysis, Call, Command, Word } from "./analysis.ts";
import { readKubectl } from "./kubectlCall.ts";
import { hasOption, type OptionStyle, readOptions } from "./options.ts";

/** Programs that draw on the whole screen, or ask the keyboard, whatever they are given. */
const fullScreen = new Set(
  `vi vim nvim nano emacs pico joe micro less more most man top htop btop atop iotop iftop nmon k9s watch tmux screen mc
  dialog whiptail lazydocker visudo ncdu tig fzf gdb telnet ftp minicom cmatrix`.split(/\s+/),
);

/** How a program is told what to do beforehand; without any of it, it reads what a person types. */
interface Interactive extends OptionStyle {
  /** Options with which it asks nobody. */
  readonly told: readonly string[];
  /** How many words that are no options it takes before it has something to do; undefined where none of them tells it. */
  readonly operands?: number;
}

const info = ["--version", "--help", "-V"];
const shell: Interactive = { short: "cO", told: ["-c", "-n", ...info], operands: 1 };
const sql: Interactive = {
  short: "cdfvohpUFPRTL",
  long: new Set("--command --dbname --file --set --host --port --username".split(" ")),
  told: ["-c", "-f", "-l", "--command", "--file", "--list", ...info],
};
const mysql: Interactive = {
  short: "ehuPDS",
  long: new Set("--execute --host --user --port --database --socket".split(" ")),
  told: ["-e", "--execute", ...info],
};
const mongo: Interactive = {
  long: new Set("--eval --file --host --port --username --password".split(" ")),
  told: ["--eval", "--file", "-f", ...info],
};
const python: Interactive = { short: "cmWX", told: ["-c", "-m", "-h", ...info], operands: 1 };
const script: Interactive = {
  short: "eprc",
  told: ["-e", "-p", "-c", "-v", "--eval", "--print", ...info],
  operands: 1,
};

const interactive: Readonly<Record<string, Interactive>> = {
  ...Object.fromEntries(["bash", "sh", "zsh", "dash", "ksh", "fish", "ash"].map((name) => [name, shell])),
  psql: sql,
  mysql,
  mariadb: mysql,
  mongosh: mongo,
  mongo,
  "redis-cli": {
    short: "hpasnurid",
    long: new Set(["--user", "--pass"]),
    told: [
      "--scan",
      "--bigkeys",
      "--hotkeys",
      "--memkeys",
      "--stat",
      "--pipe",
      "--rdb",
      "--cluster",
      "--latency",
      ...info,
    ],
    operands: 1,
  },
  sqlite3: { told: info, operands: 2 },
  cqlsh: { short: "efukp", told: ["-e", "-f", "--execute", "--file", ...info] },
  "clickhouse-client": { short: "qhudm", told: ["-q", "--query", "--queries-file", ...info] },
  ...Object.fromEntries(["python", "python3", "ipython"].map((name) => [name, python])),
  ...Object.fromEntries(["node", "ruby", "perl", "deno", "bun"].map((name) => [name, script])),
  irb: { told: info, operands: 1 },
  ssh: {
    short: "BbcDEeFIiJLlmOopQRSWw",
    leading: true,
    told: ["-N", "-f", "-W", "-O", "-Q", "-G", "-V"],
    operands: 2,
  },
  sftp: { short: "bBcDFiJloPRSs", told: ["-b"] },
  su: { short: "cgGsw", told: ["-c", "--command", ...info] },
  sudo: { short: "ugprtCTRDUh", leading: true, told: ["-l", "-v", "-k", "-K", "-V", "-h"], operands: 1 },
};

/** A root shell, or a prompt of Python after a script: asked for by these options. */
const asking: Readonly<Record<string, readonly string[]>> = {
  sudo: ["-i", "-s"],
  bash: ["-i"],
  sh: ["-i"],
  zsh: ["-i"],
  python: ["-i"],
  python3: ["-i"],
  node: ["-i"],
};

/**
 * The program of a block that needs a terminal: it draws on the whole screen, or waits for what a person types. Null where
 * none does.
 */
export function needsTerminal(analysis: BlockAnalysis): string | null {
  if (analysis.kind === "not-shell") return null;
  for (const command of analysis.commands) {
    const call = command.calls.find((one) => isInteractive(one, command, analysis));
    if (call) return kubectlAsks(call) ?? containerAsks(call) ?? call.program;
  }
  return null;
}

function isInteractive(call: Call, command: Command, analysis: BlockAnalysis): boolean {
  const around = command.calls.filter((one) => one !== call && one.start <= call.start && one.end >= call.end);
  const outer = around[0] ?? call;
  if (call.where === "elsewhere" && !around.filter(({ where }) => where === "here").some(givesTerminal)) return false;
  const { program, args } = call;
  if (isFed(outer, command, analysis)) return drawsOnScreen(program, args);
  return asks(program, args) || kubectlAsks(call) !== null || containerAsks(call) !== null;
}

function drawsOnScreen(program: string, args: readonly Word[]): boolean {
  return fullScreen.has(program) && !hasOption(readOptions(args, {}).options, "-b", "--version", "--help");
}

/** Whether a program with these words waits for a person. */
function asks(program: string, args: readonly Word[]): boolean {
  if (fullScreen.has(program)) return drawsOnScreen(program, args);
  const reader = interactive[program];
  if (!reader) return false;
  const { options, operands } = readOptions(args, reader);
  if (hasOption(options, ...(asking[program] ?? []))) return program !== "sudo" || operands.length === 0;
  return !hasOption(options, ...reader.told) && operands.length < (reader.operands ?? Number.POSITIVE_INFINITY);
}

/** What waits for a person of what `kubectl` does itself; those that `kubectl exec` starts are calls of their own. */
function kubectlAsks(call: Call): string | null {
  const kubectl = isKubectl(call) ? readKubectl(call.args) : null;
  if (!kubectl) return null;
  const [verb = ""] = kubectl.verb;
  const { program } = call;
  if (verb === "edit" || verb === "rsh") return program;
  if (verb === "attach") return kubectl.stdin ? program : null;
  if (!["run", "debug"].includes(verb) || !kubectl.stdin || !kubectl.tty) return null;
  return kubectl.subcommand === null ? program : wordsAsk(kubectl.subcommand);
}

/** The same of `docker` and its like. */
function containerAsks(call: Call): string | null {
  if (!["docker", "podman", "nerdctl"].includes(call.program)) return null;
  const [verb, ...words] = call.args;
  if (verb?.literal === "attach") return call.program;
  // The image stands somewhere among options that take values; a shell as the last word is what people write.
  return verb?.literal === "run" && givesTerminal(call) ? wordsAsk(words.slice(-1)) : null;
}

function wordsAsk([first, ...rest]: readonly Word[]): string | null {
  const program = first?.literal?.split("/").at(-1) ?? "";
  return asks(program, rest) ? program : null;
}

function isKubectl({ program }: Call): boolean {
  return program === "kubectl" || program === "oc";
}

/** Whether what a call starts elsewhere is given the terminal: `kubectl exec -it`, `docker run -it`, `ssh -t`. */
function givesTerminal(call: Call): boolean {
  const { program, args } = call;
  if (isKubectl(call)) {
    const kubectl = readKubectl(args);
    return kubectl !== null && (kubectl.verb[0] === "rsh" || (kubectl.stdin && kubectl.tty));
  }
  const { options } = readOptions(args, {});
  if (program === "ssh") return hasOption(options, "-t");
  return hasOption(options, "-i", "--interactive") && hasOption(options, "-t", "--tty");
}

/** Whether a call's input comes from a pipe, a file or the text itself, or it works in the background. */
function isFed(call: Call, command: Command, { script, placeholders }: BlockAnalysis): boolean {
  let text = script;
  for (const { start, end } of placeholders) {
    text = `${text.slice(0, start)}${"x".repeat(end - start)}${text.slice(end)}`;
  }
  const before = text.slice(command.start, call.start);
  const behind = /^[^|;\n]*/.exec(text.slice(call.end))?.[0] ?? "";
  return /\|&?\s*$/.test(before) || /<|(?<![&>\d])&(?![&>])/.test(behind.split("&&")[0] ?? "");
}
