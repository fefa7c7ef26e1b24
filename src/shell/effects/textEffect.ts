import type { Word } from "../analysis.ts";
import { hasOption, optionValue, readOptions } from "../options.ts";
import { hole } from "../words.ts";
import { cannotTell, reads, type Verdict } from "./verdict.ts";

/** What awk does: its program can write files and run commands. */
export function awkEffect(args: readonly Word[]): Verdict {
  const given = readOptions(args, {
    short: "vFfiEe",
    long: new Set(["--file", "--field-separator", "--assign", "--source"]),
    leading: true,
  });
  if (hasOption(given.options, "-f", "-i", "-E", "--file", "--include", "--exec")) {
    return cannotTell(optionValue(given.options, "-f", "--file") ?? "its program");
  }
  const program = optionValue(given.options, "-e", "--source") ?? given.operands[0]?.shape ?? "";
  if (program === hole) return cannotTell("its program");
  const code = program.replace(/"(?:[^"\\\n]|\\.)*"/g, '""');
  if (
    /\bsystem\s*\(|\|&?\s*""|\|\s*getline|\|&|\bprintf?\b[^;}\n]*[^|]\|(?!\|)/.test(code) ||
    /@include|@load/.test(code)
  ) {
    return { effect: "change", reason: "runs commands from awk" };
  }
  if (/>>|>\s*""|\bprintf?\b[^;}\n]*(?<![=!<>-])>(?!=)/.test(code))
    return { effect: "change", reason: "writes files from awk" };
  return reads;
}

/** What sed does beyond its options: its script can write files and run commands. */
export function sedEffect(args: readonly Word[]): Verdict | null {
  const given = readOptions(args, { short: "efl", long: new Set(["--expression", "--file", "--line-length"]) });
  if (hasOption(given.options, "-f", "--file")) return cannotTell("its script");
  const scripts = given.options.flatMap(({ name, value }) =>
    name === "-e" || name === "--expression" ? (value ?? "") : [],
  );
  const script = scripts.length > 0 ? scripts.join("\n") : (given.operands[0]?.shape ?? "");
  const writes = /(^|[\d/|,#$;{}!\n])\s*[gpIiMm0-9]*([wW]\s+\S|e(\s|$|;|\}))/;
  return writes.test(script) ? { effect: "change", reason: "writes files or runs commands from sed" } : null;
}

/** What dd does: where it writes decides. */
export function ddEffect(args: readonly Word[]): Verdict {
  const target = args.find(({ shape }) => shape.startsWith("of="));
  if (!target || target.shape === "of=/dev/null")
    return args.some(({ shape }) => shape.startsWith(hole)) ? cannotTell("dd") : reads;
  const device = target.shape.startsWith("of=/dev/") || target.shape.startsWith(`of=${hole}`);
  return { effect: device ? "destroy" : "change", reason: `overwrites ${target.text.slice(3)}` };
}

/** What find does itself, apart from the commands it runs. */
export function findEffect(args: readonly Word[]): Verdict {
  if (args.some(({ shape }) => shape === "-delete")) return { effect: "destroy", reason: "deletes the files it finds" };
  if (args.some(({ shape }) => /^-(fprint|fprint0|fprintf|fls)$/.test(shape)))
    return { effect: "change", reason: "writes a file" };
  return reads;
}

/** `python -m json.tool` only reads; any other program of Python is its own. */
export function pythonEffect(args: readonly Word[]): Verdict | null {
  const [first, second, third] = args.map(({ shape }) => shape);
  if (first === "-V" || first === "--version") return reads;
  return first === "-m" && second === "json.tool" && (third === undefined || args.length === 3) ? reads : null;
}
