import type { Heading } from "./part.ts";
import { noTopics, type Topics, topicsWithin } from "./topics.ts";

/** A heading and what stands below it, down to the next heading of its level or above. */
export interface Section {
  readonly title: string;
  /** 1 to 6. */
  readonly level: number;
  /** Zero-based line of its heading. */
  readonly line: number;
  /** Zero-based last line of it, sections within included. */
  readonly endLine: number;
  /** Titles of the sections around it, outermost first, and its own. */
  readonly path: readonly string[];
}

/** A section with what only reading needs to know of it. */
export interface OpenSection {
  readonly section: Section;
  readonly parent: OpenSection | null;
  readonly heading: Heading;
  /** What its heading names, and the headings around it; the title of the whole document names nothing for those below. */
  readonly topics: Topics;
}

/** A heading in its place. */
export interface PlacedHeading {
  readonly heading: Heading;
  readonly title: string;
  /** Zero-based. */
  readonly line: number;
}

/** Nests headings, which are in the order of their lines. `lastLine` is the document's. */
export function nestSections(headings: readonly PlacedHeading[], lastLine: number): OpenSection[] {
  const ends = endLines(headings, lastLine);
  const path: OpenSection[] = [];
  return headings.map(({ heading, title, line }, index) => {
    const { level } = heading;
    while ((path.at(-1)?.section.level ?? 0) >= level) path.pop();
    const parent = path.at(-1) ?? null;
    const section = { title, level, line, endLine: ends[index] ?? lastLine, path: [...path.map(titleOf), title] };
    const around = parent && parent.section.level > 1 ? parent.topics : noTopics;
    const open = { section, parent, heading, topics: topicsWithin(title, heading.topics, around) };
    path.push(open);
    return open;
  });
}

function endLines(headings: readonly PlacedHeading[], lastLine: number): number[] {
  const next: PlacedHeading[] = [];
  const ends: number[] = [];
  for (let index = headings.length - 1; index >= 0; index--) {
    const heading = headings[index];
    if (!heading) continue;
    while ((next.at(-1)?.heading.level ?? 0) > heading.heading.level) next.pop();
    ends[index] = (next.at(-1)?.line ?? lastLine + 1) - 1;
    next.push(heading);
  }
  return ends;
}

function titleOf(open: OpenSection): string {
  return open.section.title;
}
