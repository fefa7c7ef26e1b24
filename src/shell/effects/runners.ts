import type { Word } from "../analysis.ts";
import { readKubectl } from "../kubectlCall.ts";
import { hasOption, optionValue, readOptions } from "../options.ts";
import { hole } from "../words.ts";
import type { Inner, Unwrapped } from "./inner.ts";
import { findEffect } from "./textEffect.ts";
import { type Input, reads, type Verdict } from "./verdict.ts";

const someWord: Word = { text: "…", literal: null, shape: hole, start: 0, end: 0 };

/** What finds out its command's words while it runs: xargs, parallel, find. Null where the program is none of them. */
export function unwrapRepeater(program: string, args: readonly Word[]): Unwrapped | null {
  if (program === "xargs" || program === "gxargs") return unwrapXargs(args);
  if (program === "parallel") return unwrapParallel(args);
  if (program === "find" || program === "gfind") return { own: findEffect(args), inner: executed(args) };
  return null;
}

function unwrapXargs(args: readonly Word[]): Unwrapped {
  const long = new Set(["--arg-file", "--delimiter", "--max-args", "--max-procs", "--max-chars", "--process-slot-var"]);
  const { options, operands } = readOptions(args, { short: "adEILnPsRS", long, leading: true });
  const short = options.find(({ name }) => name === "-i");
  const replaced = optionValue(options, "-I", "--replace") ?? (short || hasOption(options, "--replace") ? "{}" : null);
  if (operands.length === 0) return { own: reads, inner: [] };
  if (replaced === null) return { own: reads, inner: [{ words: [...operands, someWord] }] };
  return { own: reads, inner: [{ words: operands.map((word) => withHoles(word, replaced)) }] };
}

function unwrapParallel(args: readonly Word[]): Unwrapped {
  const { operands } = readOptions(args, {
    short: "jnNIaSLsCd",
    long: new Set(["--jobs", "--max-args", "--arg-file", "--delay", "--timeout", "--joblog", "--retries", "--colsep"]),
    leading: true,
  });
  const end = operands.findIndex(({ shape }) => /^:::/.test(shape));
  const words = (end < 0 ? operands : operands.slice(0, end)).map((word) => withHoles(word, "{}"));
  const [first] = words;
  if (!first) return { own: { effect: "change", reason: "cannot tell what parallel runs" }, inner: [] };
  const script = [...words.map(({ shape }) => shape), hole].join(" ");
  return {
    own: reads,
    inner: [{ script, holder: { start: first.start, end: words.at(-1)?.end ?? first.end }, reread: true }],
  };
}

function executed(args: readonly Word[]): Inner[] {
  const inner: Inner[] = [];
  for (let at = 0; at < args.length; at++) {
    if (!/^-(exec|execdir|ok|okdir)$/.test(args[at]?.shape ?? "")) continue;
    const words: Word[] = [];
    for (at++; at < args.length; at++) {
      const word = args[at];
      if (!word || word.shape === ";" || (word.shape === "+" && words.at(-1)?.shape === hole)) break;
      words.push(withHoles(word, "{}"));
    }
    if (words.length > 0) inner.push({ words });
  }
  return inner;
}

function withHoles(word: Word, replaced: string): Word {
  if (replaced === "" || !word.shape.includes(replaced)) return word;
  return { ...word, literal: null, shape: word.shape.replaceAll(replaced, hole) };
}

/** What `exec` runs in a pod. Null where the words are not an `exec`. */
export function unwrapKubectl(args: readonly Word[], input: Input): Unwrapped | null {
  const call = readKubectl(args);
  const verb = call?.verb[0];
  if (!call || (verb !== "exec" && verb !== "rsh")) return null;
  const pod = call.names[0] ?? "a pod";
  const words = call.subcommand ?? [];
  const typed: Verdict = { effect: "change", reason: `cannot tell what is typed in ${pod}` };
  if (words.length === 0) return { own: typed, inner: [] };
  // Without -i nothing reaches the program there.
  const given: Input = call.stdin ? input : { kind: "none" };
  return { own: reads, inner: [{ words, elsewhere: `in ${pod}`, input: given }] };
}

/** What `exec` runs in a container, for docker and its likes. Null where the words are not an `exec`. */
export function unwrapContainer(program: string, args: readonly Word[], input: Input): Unwrapped | null {
  const style = {
    short: program.endsWith("compose") ? "fp" : program === "crictl" ? "rit" : "Hcl",
    long: new Set(["--host", "--context", "--config", "--file", "--project-name", "--runtime-endpoint", "--profile"]),
    leading: true,
  };
  let { operands } = readOptions(args, style);
  if (operands[0]?.shape === "container") operands = operands.slice(1);
  if (operands[0]?.shape === "compose") {
    operands = readOptions(operands.slice(1), { ...style, short: "fp" }).operands;
  }
  if (operands[0]?.shape !== "exec") return null;
  const given = readOptions(operands.slice(1), {
    short: "euw",
    long: new Set(["--env", "--user", "--workdir", "--env-file", "--detach-keys", "--index", "--timeout"]),
    leading: true,
  });
  const [container, ...words] = given.operands;
  const elsewhere = `in ${container?.text ?? "a container"}`;
  if (words.length === 0)
    return { own: { effect: "change", reason: `cannot tell what is typed ${elsewhere}` }, inner: [] };
  const stdin = hasOption(given.options, "-i", "--interactive") || program.includes("compose");
  return { own: reads, inner: [{ words, elsewhere, input: stdin ? input : { kind: "none" } }] };
}

/** `gcloud compute ssh HOST --command '…'`. */
export function unwrapCloudShell(args: readonly Word[]): Unwrapped | null {
  if (!args.some(({ shape }) => shape === "ssh")) return null;
  const { options } = readOptions(args, { long: new Set(["--command", "--zone", "--project"]) });
  const script = options.findLast(({ name }) => name === "--command");
  if (!script || script.value === null) return null;
  return {
    own: reads,
    inner: [{ script: script.value, holder: script.word, elsewhere: "on another host", reread: true }],
  };
}
