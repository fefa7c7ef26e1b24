import type { BlockAnalysis, Call, Placeholder, PlaceholderPosition } from "../shell/analysis.ts";
import { quoteWord } from "../shell/quote.ts";
import { PlanError } from "./planError.ts";

/** Programs that take their words as they are. To any other a word may be code: SQL, another shell's script, a pattern. */
const takesWordsAsTheyAre = new Set(
  "kubectl oc helm curl echo printf cat cd ls head tail wc grep mkdir touch cp mv rm ln dig nslookup ping".split(" "),
);

// Harmless wherever it stands: no quoting, no expansion, no option, no second word.
const plainValue = /^[A-Za-z0-9_./][A-Za-z0-9_@%+=:,./-]*$/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this finds
const controls = /[\x00-\x08\x0b-\x1f\x7f\u0085\u2028\u2029\u202a-\u202e\u2066-\u2069]/;

/**
 * The script with every placeholder replaced by its value, quoted for the place it stands in, so that bash takes the
 * value for exactly that text.
 * @throws PlanError `bad-value` where a value cannot stand in its place safely; the message says why
 */
export function fillPlaceholders(analysis: BlockAnalysis, values: ReadonlyMap<string, string>): string {
  let script = "";
  let copied = 0;
  for (const placeholder of analysis.placeholders) {
    const value = values.get(placeholder.name);
    if (value === undefined) throw new PlanError("placeholder", `Not run: ${placeholder.name} has no value yet.`);
    const problem = valueProblem(value, placeholder, analysis);
    if (problem !== null) throw new PlanError("bad-value", `Not run: ${problem}`);
    script += analysis.script.slice(copied, placeholder.start) + quotedFor(placeholder.position, value);
    copied = placeholder.end;
  }
  return script + analysis.script.slice(copied);
}

/** Why a value cannot stand for a placeholder, for a person; null where it can. */
export function valueProblem(value: string, placeholder: Placeholder, analysis: BlockAnalysis): string | null {
  const { name, position } = placeholder;
  if (value === "") return `${name} needs a value.`;
  if (controls.test(value)) return `the value for ${name} has control characters. Type it again without them.`;
  if (plainValue.test(value)) return null;
  if (value.startsWith("-") && startsWord(placeholder, analysis.script)) {
    return `the value for ${name} begins with "-": the command would take it for an option.`;
  }
  if (value.includes("\n")) return `the value for ${name} has several lines. Write it into the runbook instead.`;
  const code = codeAround(placeholder, analysis);
  if (code !== null) {
    return `${code} could run parts of the value for ${name} as code. There, only letters, digits and . _ / : = , @ % + - are safe.`;
  }
  if (position === "quoted-heredoc" || position === "heredoc") {
    return `in a here-document, only letters, digits and . _ / : = , @ % + - are safe for ${name}.`;
  }
  return null;
}

/** What around a placeholder may take its value for code; null where all that sees it takes words as they are. */
function codeAround(placeholder: Placeholder, analysis: BlockAnalysis): string | null {
  // Between backticks, bash unquotes a first time before it parses: what is quoted once is not quoted any more.
  const command = analysis.commands.find(({ start, end }) => start <= placeholder.start && placeholder.end <= end);
  if (command?.text.includes("`")) return "A command between backticks";
  if (placeholder.reread) return "A second shell, which reads this text again,";
  const around = callsAround(placeholder, analysis);
  if (around.length === 0) return "What stands around it";
  const other = around.find((call) => !takesWordsAsTheyAre.has(call.program) || carriesCode(call));
  return other ? other.program : null;
}

function callsAround({ start, end }: Placeholder, analysis: BlockAnalysis): Call[] {
  const calls = analysis.commands.flatMap((command) => command.calls);
  const around = calls.filter((call) => call.start <= start && end <= call.end);
  const isArgument = around.every(
    (call) => call.where === "here" && call.args.some((word) => word.start <= start && end <= word.end),
  );
  return isArgument ? around : [];
}

/** `kubectl exec … -- sh -c …`, `printf -v …`: their words may be run or evaluated. */
function carriesCode(call: Call): boolean {
  return call.args.some((word) => ["--", "exec", "run", "-c", "-v"].includes(word.text));
}

/**
 * Makes sure that filling in changed no more than the placeholders' words: the same programs in as many commands and words.
 * It cannot fail as long as quoting is right; it is here because nothing else would notice if it were not.
 * @throws PlanError `bad-value`
 */
export function requireSameShape(before: BlockAnalysis, after: BlockAnalysis): void {
  const shape = ({ commands }: BlockAnalysis) =>
    commands.map(({ calls }) => calls.map(({ program, args }) => `${program} ${args.length}`).join()).join(";");
  if (shape(before) === shape(after)) return;
  throw new PlanError("bad-value", "Not run: with these values the block would have other commands. Check the values.");
}

function startsWord({ start, position }: Placeholder, script: string): boolean {
  const before = script.slice(0, start);
  return position === "bare" ? /(^|[\s;|&(`])$/.test(before) : /(^|[\s;|&(`])["']$/.test(before);
}

function quotedFor(position: PlaceholderPosition, value: string): string {
  switch (position) {
    case "bare":
      return quoteWord(value);
    case "single-quoted":
      return value.replaceAll("'", "'\\''");
    case "double-quoted":
      return value.replaceAll(/["$`\\]/g, "\\$&");
    case "heredoc":
    case "quoted-heredoc":
      // Only plain values come here.
      return value;
  }
}
