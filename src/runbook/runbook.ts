import type { Checklist } from "./checklists.ts";
import type { Contact } from "./contacts.ts";
import type { Dashboard } from "./dashboards.ts";
import type { Link } from "./links.ts";
import type { Metric } from "./metrics.ts";
import { RunbookReader } from "./runbookReader.ts";
import type { Scenario } from "./scenarios.ts";
import type { Section } from "./section.ts";

/** A fenced shell block of a runbook. */
export interface Block {
  /** Stays the same while other parts of the file are edited; unique in its runbook. */
  readonly id: string;
  /** Zero-based line of the opening fence. */
  readonly line: number;
  /** Zero-based line of the closing fence, or of the last line where the fence is never closed. */
  readonly endLine: number;
  /** Lower case, as `fenceLanguage` reads it. */
  readonly language: string;
  /** What else the info string says, names in lower case: `bash timeout=5m` → `{ timeout: "5m" }`. */
  readonly attributes: Readonly<Record<string, string>>;
  /** The innermost section it stands in, or null above the first heading. */
  readonly section: Section | null;
  /** Titles of the headings above the block, outermost first. */
  readonly headings: readonly string[];
  /** The content as CommonMark defines it: without the indentation of the list or quote it stands in. */
  readonly text: string;
}

/** A Markdown document read as a runbook. Everything in it is in the order of its lines. */
export interface Runbook {
  /** The first heading, or the title that the front matter gives, or an empty string. */
  readonly title: string;
  readonly sections: readonly Section[];
  readonly scenarios: readonly Scenario[];
  readonly blocks: readonly Block[];
  readonly metrics: readonly Metric[];
  readonly dashboards: readonly Dashboard[];
  readonly contacts: readonly Contact[];
  readonly links: readonly Link[];
  readonly checklists: readonly Checklist[];
}

/** Reads a Markdown text. Any text is a runbook, if one without blocks: nothing is raised. */
export function readRunbook(text: string): Runbook {
  return new RunbookReader().update(text);
}
