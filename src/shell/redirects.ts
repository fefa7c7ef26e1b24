import type { Input, Verdict } from "./effects/verdict.ts";
import type { Script } from "./scope.ts";
import type { Syntax } from "./syntax.ts";
import { expandingText, shapeOf } from "./words.ts";

const noFiles = /^(\/dev\/(null|stdout|stderr|tty|fd\/\d+)|-|\d+-?|&\d+)$/;

/** What a redirection writes; null where it writes no file. */
export function writes(redirect: Syntax, { source, text, names }: Script): Verdict | null {
  if (redirect.type !== "file_redirect") return null;
  const operator = redirect.children.find(({ named }) => !named)?.type ?? "";
  const target = redirect.children.find(({ field }) => field === "destination");
  if (operator.startsWith("<") || !target || target.type === "process_substitution") return null;
  const shape = shapeOf(source.slice(target.start, target.end), names.lookupAt(redirect.start));
  if (noFiles.test(shape) && (operator.includes("&") || !/^\d/.test(shape))) return null;
  return { effect: "change", reason: `writes ${text.slice(target.start, target.end)}` };
}

/** What stands on standard input behind these redirections. */
export function inputOf(redirects: readonly Syntax[], script: Script, before: Input): Input {
  let input = before;
  for (const redirect of redirects) {
    const inner = redirect.children.filter(({ type }) => type.endsWith("_redirect"));
    if (redirect.type === "heredoc_redirect") input = heredocText(redirect, script);
    else if (redirect.type === "herestring_redirect") input = herestringText(redirect, script);
    else if (redirect.children.some(({ type }) => type === "<" || type === "<&")) input = { kind: "unseen" };
    input = inputOf(inner, script, input);
  }
  return input;
}

/**
 * The words that tree-sitter takes for part of a redirection: `> file word` and `<<EOF word` leave a word that belongs to
 * the command.
 */
export function movedWords(redirect: Syntax): Syntax[] {
  const own = redirect.children.filter(({ field }) => field === "destination").slice(1);
  const behind = redirect.children.filter(({ field, type }) => field === "argument" && type !== "heredoc_body");
  const inner = redirect.children.filter(({ type }) => type === "file_redirect").flatMap(movedWords);
  return redirect.type === "heredoc_redirect" ? [...behind, ...inner] : own;
}

function heredocText(redirect: Syntax, script: Script): Input {
  const start = redirect.children.find(({ type }) => type === "heredoc_start");
  const body = redirect.children.find(({ type }) => type === "heredoc_body");
  if (!start || !body) return { kind: "unseen" };
  const quoted = /["'\\]/.test(script.source.slice(start.start, start.end));
  const tabs = redirect.children.some(({ type }) => type === "<<-");
  const raw = script.source.slice(body.start, body.end);
  const content = tabs ? raw.replace(/^\t+/gm, "") : raw;
  const shape = quoted ? content : expandingText(content, script.names.lookupAt(redirect.start));
  return { kind: "text", shape, ...(script.holder ?? { start: body.start, end: body.end }) };
}

function herestringText(redirect: Syntax, script: Script): Input {
  const word = redirect.children.findLast(({ named, type }) => named && type !== "file_descriptor");
  if (!word) return { kind: "unseen" };
  const shape = shapeOf(script.source.slice(word.start, word.end), script.names.lookupAt(redirect.start));
  return { kind: "text", shape, ...(script.holder ?? { start: word.start, end: word.end }) };
}
