import type { Effect, Word } from "./analysis.ts";
import { callEffect, exemption, programName, unwrap } from "./callEffect.ts";
import { lookUp } from "./effects/effectTable.ts";
import type { Inner } from "./effects/inner.ts";
import { cannotTell, type Input, reads, type Verdict, worst } from "./effects/verdict.ts";
import { firstDoubt } from "./misreading.ts";
import { inputOf, movedWords, writes } from "./redirects.ts";
import { type Findings, type Functions, functionsOf, noFindings, type Scope } from "./scope.ts";
import { hidesCommand, wordsOf } from "./simpleCommand.ts";
import type { Syntax } from "./syntax.ts";
import { noNames, readNames } from "./variables.ts";
import { hole } from "./words.ts";

const none: Input = { kind: "none" };
const unseen: Input = { kind: "unseen" };
const deepest = 8;
const unreadable: Verdict = { effect: "change", reason: "bash cannot read it as it stands" };

/** Finds every call within a node, and what else it does. */
export function walk(node: Syntax, scope: Scope, input: Input, found: Findings): void {
  if (node.missing || node.type === "ERROR") {
    found.verdicts.push(unreadable);
  }
  if (hidesCommand(node, scope.source)) {
    found.verdicts.push({ effect: "change", reason: "cannot tell what a command in it does" });
  }
  switch (node.type) {
    case "comment":
    case "raw_string":
    case "ansi_c_string":
    case "function_definition":
      break;
    case "command":
    case "declaration_command":
    case "unset_command":
      walkSimple(node, [], scope, input, found);
      break;
    case "redirected_statement":
      walkRedirected(node, scope, input, found);
      break;
    case "pipeline":
      for (const [index, child] of namedChildren(node).entries())
        walk(child, scope, index === 0 ? input : unseen, found);
      break;
    case "file_redirect":
    case "heredoc_redirect":
    case "herestring_redirect":
      walkRedirect(node, scope, found);
      break;
    case "variable_assignment":
      checkAssignment(node, scope, found);
      walkChildren(node, scope, input, found);
      break;
    default:
      walkChildren(node, scope, input, found);
  }
}

function walkChildren(node: Syntax, scope: Scope, input: Input, found: Findings): void {
  // Inside compound commands, the first reader would take the text; which one that is cannot be said.
  const passed = input.kind === "text" ? unseen : input;
  for (const child of namedChildren(node)) walk(child, scope, passed, found);
}

function namedChildren(node: Syntax): Syntax[] {
  return node.children.filter(
    ({ named, missing, type, children }) => (named || missing || children.length > 0) && type !== "comment",
  );
}

function walkRedirected(node: Syntax, scope: Scope, input: Input, found: Findings): void {
  const redirects = node.children.filter(({ field }) => field !== "body");
  for (const redirect of redirects) walk(redirect, scope, none, found);
  const given = inputOf(redirects, scope, input);
  const moved = redirects.flatMap(movedWords);
  const body = node.children.find(({ field }) => field === "body");
  attach(body ?? null, moved, scope, input, given, found);
}

/** Redirections behind `a && b` or `a | b` belong to the last of them, and so do words that stand behind a redirection. */
function attach(
  body: Syntax | null,
  moved: readonly Syntax[],
  scope: Scope,
  outer: Input,
  given: Input,
  found: Findings,
): void {
  if (body?.type === "list" || body?.type === "pipeline" || body?.type === "negated_command") {
    const statements = body.children.filter(({ named, type }) => named && type !== "comment");
    const last = statements.at(-1) ?? null;
    statements.slice(0, -1).forEach((child, index) => {
      walk(child, scope, body.type === "pipeline" && index > 0 ? unseen : outer, found);
    });
    const piped = body.type === "pipeline" && statements.length > 1 && given.kind === "none";
    attach(last, moved, scope, outer, piped ? unseen : given, found);
  } else if (body === null || ["command", "declaration_command", "unset_command"].includes(body.type)) {
    walkSimple(body, moved, scope, given, found);
  } else {
    if (moved.length > 0) found.verdicts.push(unreadable);
    walk(body, scope, given.kind === "text" ? unseen : given, found);
  }
}

function walkRedirect(node: Syntax, scope: Scope, found: Findings): void {
  const written = writes(node, scope);
  if (written) found.verdicts.push(written);
  const quoted =
    node.type === "heredoc_redirect" &&
    node.children.some(
      (child) => child.type === "heredoc_start" && /["'\\]/.test(scope.source.slice(child.start, child.end)),
    );
  for (const child of node.children) {
    if (child.type === "heredoc_body" && quoted) continue;
    // The words that tree-sitter puts here by mistake are looked into as well: for commands inside of them.
    if (child.named) walk(child, scope, child.type === "pipeline" ? unseen : none, found);
  }
}

function walkSimple(node: Syntax | null, moved: readonly Syntax[], scope: Scope, input: Input, found: Findings): void {
  const redirects = node?.children.filter(({ type }) => type.endsWith("_redirect")) ?? [];
  const given = inputOf(redirects, scope, input);
  for (const child of node?.children ?? []) {
    if (child.named || child.children.length > 0) walk(child, scope, none, found);
  }
  const read = wordsOf(node, [...moved, ...redirects.flatMap(movedWords)], scope);
  if (read.torn) found.verdicts.push(unreadable);
  call(read.words, scope, given, found);
}

/** Judges one call by its words, and all that it runs. */
function call(words: readonly Word[], scope: Scope, input: Input, found: Findings): Effect {
  const [name, ...args] = words;
  if (!name) return "read";
  const within = noFindings();
  const verdict = judgeCall(name, args, scope, input, within);
  const span = scope.holder ?? { start: name.start, end: Math.max(name.end, args.at(-1)?.end ?? 0) };
  const where = scope.elsewhere === null ? "here" : "elsewhere";
  const program = name.literal === null ? name.text : programName(name.literal);
  found.calls.push({ program, args, ...verdict, ...span, where }, ...within.calls);
  const placed =
    scope.elsewhere === null || verdict.effect === "read"
      ? verdict
      : { ...verdict, reason: `${verdict.reason} ${scope.elsewhere}` };
  found.verdicts.push(
    ...(within.verdicts.some((inner) => inner.effect === verdict.effect) ? [] : [placed]),
    ...within.verdicts,
  );
  found.reread.push(...within.reread);
  return verdict.effect;
}

function judgeCall(name: Word, args: readonly Word[], scope: Scope, input: Input, within: Findings): Verdict {
  if (name.literal === null) return { effect: "change", reason: `cannot tell what ${name.text} runs` };
  if (scope.budget.left-- <= 0) return { effect: "change", reason: "too large to analyse" };
  if (scope.depth > deepest) return { effect: "change", reason: "too deeply nested to analyse" };
  const program = programName(name.literal);
  const own = lookUp(scope.table, program, args);
  if (own) return own;
  if (scope.functions.has(name.literal)) return callFunction(name.literal, scope, input, within);
  if (scope.names.aliases.has(name.literal))
    return { effect: "change", reason: `cannot tell what the alias ${name.literal} runs` };
  const exempt = exemption(program, args, input);
  if (exempt) return exempt;
  const unwrapped = unwrap(program, args, input);
  if (!unwrapped) return callEffect(program, args, input);
  for (const inner of unwrapped.inner) runInner(program, inner, scope, input, within);
  return worst([unwrapped.own, ...within.verdicts]) ?? unwrapped.own;
}

function callFunction(name: string, scope: Scope, input: Input, within: Findings): Verdict {
  if (scope.running.includes(name)) return reads;
  const running = [...scope.running, name];
  for (const { node, script } of scope.functions.get(name) ?? []) {
    const inside = { ...scope, ...script, running, depth: scope.depth + 1 };
    for (const child of node.children) if (child.named && child.field !== "name") walk(child, inside, input, within);
  }
  return worst(within.verdicts) ?? reads;
}

function runInner(program: string, inner: Inner, scope: Scope, input: Input, within: Findings): void {
  // Only the shell itself sees its functions and aliases; another program sees none.
  const inShell = ["time", "eval", "trap", "coproc"].includes(program);
  const functions: Functions = inShell ? scope.functions : new Map();
  const elsewhere = inner.elsewhere ?? scope.elsewhere;
  const inside = { ...scope, functions, elsewhere, depth: scope.depth + 1 };
  const given = inner.input ?? input;
  if (inner.words) {
    const names = inShell ? scope.names : noNames;
    if (inner.reread) within.reread.push(scope.holder ?? spanOf(inner.words));
    call(inner.words, { ...inside, names }, given, within);
    return;
  }
  const source = inner.script ?? "";
  const holder = scope.holder ?? inner.holder ?? { start: 0, end: 0 };
  within.reread.push(holder);
  const root = scope.parse(source);
  if (!root) {
    within.verdicts.push(cannotTell("the script"));
    return;
  }
  if (firstDoubt(root, source) !== null) within.verdicts.push(unreadable);
  const script = {
    source,
    text: source.replace(new RegExp(`${hole}+`, "g"), "…"),
    names: readNames(root, source),
    holder,
  };
  walk(root, { ...inside, ...script, functions: functionsOf(script, functions) }, given, within);
}

function spanOf(words: readonly Word[]): { start: number; end: number } {
  return { start: words[0]?.start ?? 0, end: words.at(-1)?.end ?? 0 };
}

const harmfulVariables =
  /^(LD_PRELOAD|LD_AUDIT|BASH_ENV|ENV|PROMPT_COMMAND|GIT_SSH_COMMAND|GIT_EXTERNAL_DIFF|KUBECTL_EXTERNAL_DIFF|PERL5OPT|NODE_OPTIONS|PYTHONSTARTUP|IFS_COMMAND)$/;

function checkAssignment(node: Syntax, scope: Scope, found: Findings): void {
  const name = /^\w*/.exec(scope.source.slice(node.start, node.end))?.[0] ?? "";
  if (harmfulVariables.test(name))
    found.verdicts.push({ effect: "change", reason: `${name} makes other programs run something` });
}
