import { quoteWord } from "../shell/quote.ts";

/** What a block leaves to the next one of its runbook. */
export interface ShellSession {
  /** Absolute path; null where the next block starts in its own directory. */
  readonly directory: string | null;
  /** Exported variables that a block set or changed; null for those it took away. */
  readonly variables: ReadonlyMap<string, string | null>;
}

export const emptySession: ShellSession = { directory: null, variables: new Map() };

// Bash's own, those that pin a run to its target, and those that lead to a gateway which is gone when the run has ended.
const neverCarried =
  /^(?:PWD|OLDPWD|SHLVL|_|KUBECONFIG|BASH_ENV|BASH_FUNC_.*|(?:https?|no)_proxy|(?:HTTPS?|NO)_PROXY)$/;

/** The environment of a run that goes on where a session stands. */
export function withSession(environment: NodeJS.ProcessEnv, session: ShellSession): NodeJS.ProcessEnv {
  const together: NodeJS.ProcessEnv = { ...environment };
  for (const [name, value] of session.variables) {
    if (value === null) delete together[name];
    else together[name] = value;
  }
  return together;
}

/**
 * What bash reads before a script whose session is carried on: when the shell ends, its directory and its exported
 * variables are written into a file. Two names are all that a script could notice of it.
 */
export function sessionPrelude(file: string): string {
  return `__podbook_save() {
  { builtin printf '%s\\0' "\${PWD-}"; command env -0; } >| ${quoteWord(file)} 2> /dev/null || :
}
trap __podbook_save EXIT
`;
}

/**
 * The session after a run, from what the prelude wrote, the session before it, and the environment and directory that the
 * run began with. Undefined where the shell ended without writing it: it was killed, replaced by `exec`, or has a trap of
 * its own.
 */
export function readSession(
  written: Buffer,
  before: ShellSession,
  began: { readonly environment: NodeJS.ProcessEnv; readonly directory: string },
): ShellSession | undefined {
  const [directory, ...lines] = written.toString("utf8").split("\0").slice(0, -1);
  if (directory === undefined || lines.length === 0) return undefined;
  const now = new Map<string, string>();
  for (const line of lines) {
    const at = line.indexOf("=");
    if (at > 0) now.set(line.slice(0, at), line.slice(at + 1));
  }
  const variables = new Map(before.variables);
  for (const [name, value] of now) {
    if (!neverCarried.test(name) && began.environment[name] !== value) variables.set(name, value);
  }
  for (const name of Object.keys(began.environment)) {
    if (!neverCarried.test(name) && !now.has(name)) variables.set(name, null);
  }
  return { directory: directory === began.directory ? before.directory : directory, variables };
}
