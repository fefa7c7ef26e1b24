import { quoteWord } from "../shell/quote.ts";
import { type CommandLines, marksPrelude } from "./commandMarks.ts";
import { sessionPrelude } from "./session.ts";
import { stepPrelude } from "./stepPrelude.ts";

/** What a script is accompanied by, none of which it can notice. */
export interface PreludeParts {
  readonly commands: readonly CommandLines[];
  /** What tells the marks of its commands from its output; null for none. */
  readonly nonce: string | null;
  /** Path of its output pipe. */
  readonly pipe: string;
  /** Where its session is written when it ends; null where it is not carried on. */
  readonly sessionFile: string | null;
  /** Whether it asks before each command. */
  readonly steps: boolean;
  /** BASH_ENV of the user. */
  readonly usersOwn: string;
}

/**
 * What bash reads before a script, through BASH_ENV, which is put back to what it was: programs that the script starts know
 * nothing of it. Null where there is nothing to read.
 */
export function prelude({ commands, nonce, pipe, sessionFile, steps, usersOwn }: PreludeParts): string | null {
  const own = usersOwn === "" ? "" : `export BASH_ENV=${quoteWord(usersOwn)}\n. "$BASH_ENV"\n`;
  const session = sessionFile === null ? "" : sessionPrelude(sessionFile);
  const trap = steps ? stepPrelude() : nonce === null ? "" : marksPrelude(commands, nonce, pipe);
  return session + trap === "" ? null : `unset BASH_ENV\n${own}${session}${trap}`;
}
