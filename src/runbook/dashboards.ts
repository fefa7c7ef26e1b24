import type { Entry } from "./entries.ts";

/** A dashboard that the runbook tells to look at. */
export interface Dashboard {
  /** Zero-based. */
  readonly line: number;
  readonly title: string;
  readonly url: string | null;
  /** What the runbook says it is for; may be empty. */
  readonly description: string;
}

/** The dashboards that entries below a heading about dashboards name. Sentences name one only by a link to it. */
export function dashboardsOf(entries: readonly Entry[]): Dashboard[] {
  return entries
    .filter(({ named, name, url }) => named || (url === null ? isTitle(name) : /grafana|dashboard|\/d\//i.test(url)))
    .map(({ line, name, rest, url }) => ({ line, title: name, url, description: rest === url ? "" : rest }));
}

function isTitle(text: string): boolean {
  return text.length <= 60 && !/[.!?:;]$/.test(text);
}
