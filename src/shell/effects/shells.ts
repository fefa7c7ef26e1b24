import type { Word } from "../analysis.ts";
import { hasOption, optionValue, readOptions } from "../options.ts";
import { hole } from "../words.ts";
import type { Unwrapped } from "./inner.ts";
import { type Input, reads, type Verdict } from "./verdict.ts";

const shells = new Set(["bash", "sh", "zsh", "dash", "ksh", "ash", "rbash"]);

/** What runs a text as a script: shells, `eval`, `trap`, `su -c`, `watch`. Null where the program is none of them. */
export function unwrapShell(program: string, args: readonly Word[], input: Input): Unwrapped | null {
  if (shells.has(program)) return unwrapInterpreter(program, args, input);
  if (program === "eval") {
    // Here even a part that is not known is read as code.
    const known = !args.some(({ shape }) => shape.includes(hole));
    return known
      ? joined(args, "what it evaluates")
      : { own: changing("cannot tell what it evaluates"), inner: [joinedScript(args)] };
  }
  if (program === "su" || program === "runuser") return unwrapSu(args);
  if (program === "trap") {
    const [script] = args.filter(({ shape }) => shape !== "--");
    if (!script || /^(-|-l|-p|)$/.test(script.shape) || args.length < 2) return { own: reads, inner: [] };
    return { own: reads, inner: [{ script: script.shape, holder: script }] };
  }
  if (program === "watch") {
    const { options, operands } = readOptions(args, {
      short: "nq",
      long: new Set(["--interval", "--equexit"]),
      leading: true,
    });
    if (operands.length === 0) return { own: reads, inner: [] };
    if (hasOption(options, "-x", "--exec")) return { own: reads, inner: [{ words: operands }] };
    return joined(operands, "what it watches");
  }
  return null;
}

function unwrapInterpreter(program: string, args: readonly Word[], input: Input): Unwrapped {
  const { options, operands } = readOptions(args, {
    short: "oO",
    long: new Set(["--rcfile", "--init-file"]),
    leading: true,
  });
  if (hasOption(options, "--version", "--help")) return { own: reads, inner: [] };
  const [first] = operands;
  if (hasOption(options, "-c")) {
    if (!first) return { own: changing(`cannot tell what ${program} runs`), inner: [] };
    return { own: reads, inner: [{ script: first.shape, holder: first }] };
  }
  const checksOnly = hasOption(options, "-n") && !hasOption(options, "-s", "-i");
  if (first && first.shape !== "/dev/stdin" && !hasOption(options, "-s")) {
    return { own: checksOnly ? reads : changing(`cannot tell what ${first.text} does`), inner: [] };
  }
  if (input.kind === "text") return { own: reads, inner: [{ script: input.shape, holder: input }] };
  const what = input.kind === "none" ? `is typed into ${program}` : `${program} is given`;
  return { own: changing(`cannot tell what ${what}`), inner: [] };
}

function unwrapSu(args: readonly Word[]): Unwrapped {
  const { options } = readOptions(args, { short: "csgGwT", long: new Set(["--command", "--shell", "--group"]) });
  const script = options.findLast(({ name }) => name === "-c" || name === "--command");
  if (!script || script.value === null) {
    return { own: changing("cannot tell what is typed into another user's shell"), inner: [] };
  }
  return { own: reads, inner: [{ script: script.value, holder: script.word }] };
}

/** What ssh runs on its host. */
export function unwrapSsh(args: readonly Word[], input: Input): Unwrapped {
  const style = { short: "BbcDEeFIiJLlmOopQRSWw", leading: true };
  const before = readOptions(args, style);
  const [host, ...others] = before.operands;
  if (hasOption(before.options, "-V", "-Q", "-G")) return { own: reads, inner: [] };
  const behind = readOptions(others, style);
  const options = [...before.options, ...behind.options];
  if (options.some(({ name, value }) => name === "-o" && /command|permitlocal/i.test(value ?? ""))) {
    return { own: changing("runs a command for the connection"), inner: [] };
  }
  const elsewhere = `on ${host?.text ?? "another host"}`;
  const words = behind.operands;
  if (words.length > 0) {
    const own = hasOption(options, "-L", "-R", "-D") ? changing("opens a tunnel") : reads;
    return { own, inner: [{ ...joinedScript(words), elsewhere, input }] };
  }
  if (hasOption(options, "-N", "-L", "-R", "-D", "-W") || optionValue(options, "-O") !== null) {
    return { own: changing("opens a tunnel"), inner: [] };
  }
  if (input.kind === "text") return { own: reads, inner: [{ script: input.shape, holder: input, elsewhere }] };
  return { own: changing(`cannot tell what is typed ${elsewhere}`), inner: [] };
}

function joined(words: readonly Word[], what: string): Unwrapped {
  if (words.length === 0) return { own: reads, inner: [] };
  const script = joinedScript(words);
  if (script.script.startsWith(hole)) return { own: changing(`cannot tell ${what}`), inner: [] };
  return { own: reads, inner: [script] };
}

function joinedScript(words: readonly Word[]): {
  script: string;
  holder: { start: number; end: number };
  reread: boolean;
} {
  const script = words.map(({ shape }) => shape).join(" ");
  return { script, holder: { start: words[0]?.start ?? 0, end: words.at(-1)?.end ?? 0 }, reread: true };
}

function changing(reason: string): Verdict {
  return { effect: "change", reason };
}
