import type { Word } from "../analysis.ts";
import { hasOption, type OptionStyle, readOptions } from "../options.ts";
import type { Unwrapped } from "./inner.ts";
import { cannotTell, reads } from "./verdict.ts";

interface Prefix extends OptionStyle {
  /** How many words stand between the options and the command. */
  readonly skip?: number;
  /** Whether `NAME=value` may stand before the command. */
  readonly assigns?: boolean;
  /** Options with which it runs no command, and only looks. */
  readonly looks?: readonly string[];
  /** What it does without a command; it only looks where this is undefined. */
  readonly alone?: string;
}

const rootShell = "cannot tell what is typed into a root shell";

/** Programs that run the command behind them, as it stands. */
const prefixes: Readonly<Record<string, Prefix>> = {
  sudo: {
    short: "ugprtCTRDUh",
    long: new Set("--user --group --prompt --role --type --chdir --close-from --other-user --host --chroot".split(" ")),
    assigns: true,
    looks: ["-l", "-v", "-k", "-K", "-V", "--list", "--validate", "--version", "--reset-timestamp"],
    alone: rootShell,
  },
  doas: { short: "uC", alone: rootShell },
  env: { short: "uCS", long: new Set(["--unset", "--chdir", "--split-string"]), assigns: true },
  time: { short: "fo", long: new Set(["--format", "--output"]) },
  nohup: {},
  nice: { short: "n", long: new Set(["--adjustment"]) },
  ionice: { short: "cnpPu", long: new Set(["--class", "--classdata", "--pid"]) },
  timeout: { short: "ks", long: new Set(["--signal", "--kill-after"]), skip: 1 },
  gtimeout: { short: "ks", long: new Set(["--signal", "--kill-after"]), skip: 1 },
  stdbuf: { short: "ioe", long: new Set(["--input", "--output", "--error"]) },
  setsid: {},
  command: { looks: ["-v", "-V"] },
  builtin: {},
  exec: { short: "a" },
  coproc: {},
  noglob: {},
  nocorrect: {},
  unbuffer: {},
  caffeinate: { short: "tw" },
  chroot: { long: new Set(["--userspec", "--groups"]), skip: 1, alone: "cannot tell what is typed there" },
  chronic: {},
  ltrace: { alone: "attaches to a process" },
  envdir: { skip: 1 },
  gosu: { skip: 1 },
  "su-exec": { skip: 1 },
  busybox: {},
  toybox: {},
  runuser: { short: "ugcs", long: new Set(["--user", "--group", "--command"]), alone: rootShell },
  setpriv: { long: new Set(["--reuid", "--regid", "--groups"]) },
  nsenter: {
    short: "tSGW",
    long: new Set(["--target", "--setuid", "--setgid"]),
    alone: "cannot tell what is typed there",
  },
  unshare: { alone: "cannot tell what is typed there" },
  "systemd-run": { short: "pu", long: new Set(["--unit", "--property", "--uid", "--gid", "--slice", "--setenv"]) },
  "systemd-cat": { short: "tp" },
  "with-contenv": {},
  proxychains: { short: "f" },
  proxychains4: { short: "f" },
};

/** Programs whose command stands behind some words of their own: `aws-vault exec PROFILE -- …`. */
const behindWords: Readonly<Record<string, RegExp>> = {
  "aws-vault": /^exec$/,
  gds: /^aws$/,
  "gds-cli": /^aws$/,
  op: /^run$/,
  doppler: /^run$/,
  infisical: /^run$/,
  chamber: /^exec$/,
  "aws-okta": /^exec$/,
  saml2aws: /^exec$/,
};

/** Programs that bring a kubectl: `k3s kubectl …`. */
const bringKubectl = new Set(["k3s", "k0s", "microk8s", "minikube", "rke2"]);

/** What such a program runs. Null where the program is none of them. */
export function unwrapPrefix(program: string, args: readonly Word[]): Unwrapped | null {
  const own = unwrapNamed(program, args);
  if (own) return own;
  const prefix = Object.hasOwn(prefixes, program) ? prefixes[program] : undefined;
  if (!prefix) return null;
  const { options, operands } = readOptions(args, { ...prefix, leading: true });
  if (hasOption(options, ...(prefix.looks ?? []))) return { own: reads, inner: [] };
  if (program === "env" && hasOption(options, "-S", "--split-string")) return { own: cannotTell("env"), inner: [] };
  if (program === "runuser" && hasOption(options, "-c", "--command")) return null;
  if (program === "sudo" && hasOption(options, "-e", "--edit")) {
    return { own: { effect: "change", reason: "opens an editor" }, inner: [] };
  }
  if ((program === "ionice" || program === "setpriv") && hasOption(options, "-p", "--pid")) {
    return { own: { effect: "change", reason: "changes how processes run" }, inner: [] };
  }
  if (program === "time" && hasOption(options, "-o", "--output")) {
    return { own: { effect: "change", reason: "writes a file" }, inner: [{ words: operands }] };
  }
  let at = prefix.skip ?? 0;
  while (prefix.assigns && isAssignment(operands[at])) at++;
  const words = operands.slice(at);
  if (words.length > 0) return { own: reads, inner: [{ words }] };
  return { own: prefix.alone ? { effect: "change", reason: prefix.alone } : reads, inner: [] };
}

function unwrapNamed(program: string, args: readonly Word[]): Unwrapped | null {
  const first = args[0]?.shape ?? "";
  if (bringKubectl.has(program) && first === "kubectl") {
    const behind = args.slice(args[1]?.shape === "--" ? 2 : 1);
    return {
      own: reads,
      inner: [{ words: [{ text: "kubectl", literal: "kubectl", shape: "kubectl", start: 0, end: 0 }, ...behind] }],
    };
  }
  if (program === "ip" && args.some(({ shape }) => shape === "exec") && args.some(({ shape }) => /^netn/.test(shape))) {
    const words = args.slice(args.findIndex(({ shape }) => shape === "exec") + 2);
    return {
      own: words.length > 0 ? reads : { effect: "change", reason: rootShell },
      inner: words.length > 0 ? [{ words }] : [],
    };
  }
  const opener = Object.hasOwn(behindWords, program) ? behindWords[program] : undefined;
  if (!opener) return null;
  const at = args.findIndex(({ shape }) => opener.test(shape));
  if (at < 0) return null;
  const dashes = args.findIndex(({ shape }) => shape === "--");
  const skip = program.startsWith("gds") || program === "chamber" ? 2 : 1;
  const words = dashes >= 0 ? args.slice(dashes + 1) : program.startsWith("gds") ? args.slice(at + skip) : [];
  if (words.length === 0 || words[0]?.shape.startsWith("-")) {
    return { own: { effect: "change", reason: `cannot tell what ${program} runs` }, inner: [] };
  }
  return { own: reads, inner: [{ words }] };
}

function isAssignment(word: Word | undefined): boolean {
  return word !== undefined && /^\w+=/.test(word.shape);
}
