import type { Entry } from "./entries.ts";

/** Someone to call. */
export interface Contact {
  /** Zero-based. */
  readonly line: number;
  readonly name: string;
  readonly email: string | null;
  /** A page to reach them by. */
  readonly url: string | null;
  /** What stands behind the name, as written: an address, a channel, "Use PagerDuty escalation policy". */
  readonly text: string;
}

/** The contacts that entries below a heading about contacts name. A sentence is one only if it says how to reach them. */
export function contactsOf(entries: readonly Entry[]): Contact[] {
  return entries
    .filter(({ named, name, email }) => named || email !== null || ways.test(name))
    .map(({ line, name, rest, url, email }) => ({ line, name, email, url, text: rest }));
}

const ways =
  /^[#@]|\+?\d[\d ()-]{6,20}\d|\b(?:pager ?duty|opsgenie|slack|teams|hotline|pager|phone|call|page|mail|e-mail)\b/i;
