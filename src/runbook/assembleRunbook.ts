import { blockIds } from "./blockIds.ts";
import type { Checklist, ChecklistItem } from "./checklists.ts";
import type { Contact } from "./contacts.ts";
import type { Dashboard } from "./dashboards.ts";
import type { DocumentParts } from "./documentParts.ts";
import { readFrontMatter } from "./frontMatter.ts";
import type { InlineTexts } from "./inlineTexts.ts";
import type { Link } from "./links.ts";
import type { Metric } from "./metrics.ts";
import type { PartReader } from "./partReader.ts";
import type { Block, Runbook } from "./runbook.ts";
import { type SectionPart, scenariosOf } from "./scenarios.ts";
import { nestSections, type OpenSection, type PlacedHeading } from "./section.ts";
import { isShellLanguage } from "./shellLanguages.ts";
import { noTopics } from "./topics.ts";

/** Puts together what the parts of a document tell, now that their lines and the sections around them are known. */
export function assembleRunbook(document: DocumentParts, reader: PartReader): Runbook {
  const front = readFrontMatter(document.lines);
  const { placed, sections } = place(document, reader.texts, front ? front.endLine : -1);
  return {
    title: sections[0]?.section.title || front?.title || "",
    sections: sections.map(({ section }) => section),
    scenarios: scenariosOf(placed, reader.texts),
    blocks: blocksOf(placed),
    ...listsOf(placed, reader),
  };
}

/** Gives every part its line and section. Headings up to `frontEnd` are front matter and head no section. */
function place(
  { lines, lead, parts }: DocumentParts,
  texts: InlineTexts,
  frontEnd: number,
): { placed: SectionPart[]; sections: OpenSection[] } {
  const headings: PlacedHeading[] = [];
  let next = lead;
  const located = parts.map((part) => {
    const line = next;
    next += part.span;
    if (part.heading && line > frontEnd) {
      headings.push({ heading: part.heading, title: texts.plain(part.heading.prose), line });
    }
    return { part, line, section: headings.length - 1 };
  });
  const lastLine = Math.max(0, lines.length - (lines.at(-1) === "" ? 2 : 1));
  const sections = nestSections(headings, lastLine);
  return {
    placed: located.map(({ part, line, section }) => ({ part, line, within: sections[section] ?? null })),
    sections,
  };
}

function blocksOf(placed: readonly SectionPart[]): Block[] {
  const found = placed.flatMap(({ part, line, within }) =>
    part.fences
      .filter(({ language }) => isShellLanguage(language))
      .map((fence) => ({ fence, line, section: within?.section ?? null, headings: within?.section.path ?? [] })),
  );
  const ids = blockIds(found.map(({ fence, headings }) => ({ fingerprint: fence.fingerprint, headings })));
  return found.map(({ fence, line, section, headings }, index) => ({
    id: ids[index] ?? "",
    line: line + fence.line,
    endLine: line + fence.endLine,
    language: fence.language,
    attributes: fence.attributes,
    section,
    headings,
    text: fence.text,
  }));
}

type Lists = Pick<Runbook, "metrics" | "dashboards" | "contacts" | "links" | "checklists">;

function listsOf(placed: readonly SectionPart[], reader: PartReader): Lists {
  const metrics: Metric[] = [];
  const dashboards: Dashboard[] = [];
  const contacts: Contact[] = [];
  const links: Link[] = [];
  const tasks = new Map<OpenSection | null, ChecklistItem[]>();
  for (const { part, line, within } of placed) {
    const facts = reader.facts(part, within?.topics ?? noTopics);
    if (!facts) continue;
    for (const one of facts.metrics) metrics.push({ ...one, line: line + one.line });
    for (const one of facts.dashboards) dashboards.push({ ...one, line: line + one.line });
    for (const one of facts.contacts) contacts.push({ ...one, line: line + one.line });
    for (const one of facts.links) links.push({ ...one, line: line + one.line });
    if (facts.tasks.length === 0) continue;
    const list = tasks.get(within) ?? [];
    for (const one of facts.tasks) list.push({ ...one, line: line + one.line });
    tasks.set(within, list);
  }
  return {
    metrics,
    dashboards,
    contacts,
    links,
    checklists: [...tasks].map(([within, items]) => checklist(within, items)),
  };
}

function checklist(within: OpenSection | null, items: readonly ChecklistItem[]): Checklist {
  const title = within?.section.title ?? "";
  return { title, line: items[0]?.line ?? 0, postIncident: within?.topics.afterwards ?? false, items };
}
