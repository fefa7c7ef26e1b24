import { isIncomplete } from "./incomplete.ts";

/** A block's text without its prompts. */
export interface Unprompted {
  /** As many lines as the text: commands without their prompts, blank lines for what they print. */
  readonly script: string;
  /** How many characters were cut from the beginning of each line. */
  readonly cuts: readonly number[];
  /** Whether the block shows what its commands print. */
  readonly expectedOutput: boolean;
}

/** How many characters are looked through for open quotes and loops, over and over, before they are taken as they come. */
const longestLook = 1_000_000;

const consoles = new Set(["console", "shell-session", "sh-session", "shellsession"]);

/** Prompts that are none of root's; the first that a block has is the one that counts in it. */
const prompts: readonly RegExp[] = [
  /^\s*\$>? +(?=\S)/,
  /^\s*(?:\([^()\n]{1,40}\) ?)?[\w.-]+@[\w.-]+(?::[^\s$#%]*| [^\s$#%]+)? ?[$#%] +(?=\S)/,
  /^\s*[\w.-]*:[~/][\w./~-]*[$#] +(?=\S)/,
  /^\s*\[[^\]\n]{1,80}\] ?[$#] *(?=\S)/,
  /^\s*(?:ba|z|k)?sh-\d[\d.]*[$#] +(?=\S)/,
];
/** Marks that stand for a prompt only in front of a program that is known. */
const rarePrompts: readonly RegExp[] = [/^\s*% +(?=\S)/, /^\s*> +(?=\S)/];
const rootPrompt = /^\s*# +(?=\S)/;
const continuation = /^\s*>(?: |$)/;
/** The first line of a table: titles in capitals, with gaps between them. */
const tableHead = /^[A-Z][A-Z_/-]*[A-Z](?: [A-Z-]+)?(?: {2,}|\t)[A-Z][A-Z()/-]*(?:\s|$)/;
const tableRow = /\S {2,}\S.* {2,}\S/;
/** What stands in a sentence and hardly ever in a command line. */
const prose = /\b(the|a|an|to|of|is|are|be|your|this|that|with|which|and|or|as|using)\b/i;

/**
 * Takes prompts and expected output out of a block's text. In a block of commands only a first line with `$ ` makes it a
 * session; in a console block any prompt does, and without one its lines are commands as they stand.
 */
export function readPrompts(text: string, language: string, isKnown: (program: string) => boolean): Unprompted {
  const lines = text.split("\n");
  const prompt = choosePrompt(lines, consoles.has(language), isKnown);
  if (!prompt) return withoutPrintedLines(lines, isKnown);
  const cuts: number[] = [];
  let expectedOutput = false;
  let open = "";
  let patience = longestLook;
  const continues = () => {
    patience -= open.length;
    return open !== "" && patience > 0 && isIncomplete(open);
  };
  const script = lines.map((line, index) => {
    const cut = prompt.exec(line)?.[0].length;
    const isOpen = continues();
    if (cut !== undefined && !(isOpen && isHeredoc(open))) {
      cuts[index] = cut;
      open = line.slice(cut);
      return open;
    }
    if (isOpen) {
      const rest = line.replace(continuation, "");
      cuts[index] = line.length - rest.length;
      open += `\n${rest}`;
      return rest;
    }
    cuts[index] = 0;
    open = "";
    if (prompt !== rootPrompt && /^\s*#/.test(line)) return line;
    // A prompt with nothing behind it prints nothing.
    if (line.trim() !== "" && !/^\s*[$#%]\s*$/.test(line)) expectedOutput = true;
    return "";
  });
  return { script: script.join("\n"), cuts, expectedOutput };
}

function choosePrompt(
  lines: readonly string[],
  console: boolean,
  isKnown: (program: string) => boolean,
): RegExp | null {
  const first = lines.find((line) => line.trim() !== "" && !/^\s*#/.test(line)) ?? "";
  const candidates = console ? lines : [first];
  for (const line of candidates) {
    const found = prompts.find((prompt) => prompt.test(line));
    if (found) return found;
  }
  const rare = rarePrompts.find((prompt) => prompt.test(first));
  if (rare && isCommand(first.replace(rare, ""), isKnown)) return rare;
  if (!console) return null;
  return hasRootPrompts(lines, isKnown) ? rootPrompt : null;
}

/** `# lsblk` is a prompt, `# list the disks` a comment: a comment stands above commands, and is a sentence. */
function hasRootPrompts(lines: readonly string[], isKnown: (program: string) => boolean): boolean {
  const filled = lines.filter((line) => line.trim() !== "");
  const marked = filled.filter((line) => rootPrompt.test(line)).map((line) => line.replace(rootPrompt, ""));
  if (!rootPrompt.test(filled[0] ?? "")) return false;
  if (filled.some((line) => !/^\s*#/.test(line) && isCommand(line, isKnown))) return false;
  return marked.every((line) => isCommand(line, isKnown) && !prose.test(line.replace(/(["']).*?\1/g, "")));
}

function isCommand(line: string, isKnown: (program: string) => boolean): boolean {
  const [word = ""] = line.trim().split(/\s/, 1);
  return isKnown(word) || /^(\.{0,2}\/\w|\w+=)/.test(word);
}

/** Where commands and what they print stand together without prompts, the tables of kubectl and its like give themselves away. */
function withoutPrintedLines(lines: readonly string[], isKnown: (program: string) => boolean): Unprompted {
  let expectedOutput = false;
  let printing = false;
  let commands = false;
  let patience = longestLook;
  let passed = 0;
  const isText = (index: number) => {
    patience -= passed;
    return patience <= 0 || isIncomplete(lines.slice(0, index).join("\n"));
  };
  const script = lines.map((line, index) => {
    if (line.trim() === "" || (isCommand(line, isKnown) && !tableRow.test(line))) printing = false;
    else if (!printing && commands && tableHead.test(line)) printing = !isText(index);
    passed += line.length;
    if (printing) expectedOutput = true;
    commands ||= isCommand(line, isKnown);
    return printing ? "" : line;
  });
  return { script: script.join("\n"), cuts: [], expectedOutput };
}

function isHeredoc(open: string): boolean {
  return /<<-?\s*\\?["']?\w/.test(open);
}
