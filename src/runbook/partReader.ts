import { type ChecklistItem, checklistItems } from "./checklists.ts";
import { type Contact, contactsOf } from "./contacts.ts";
import { type Dashboard, dashboardsOf } from "./dashboards.ts";
import { entriesOf } from "./entries.ts";
import type { InlineTexts } from "./inlineTexts.ts";
import { type Link, linksOf } from "./links.ts";
import { type Metric, metricsOf } from "./metrics.ts";
import type { Part } from "./part.ts";
import { sameTopics, type Topics } from "./topics.ts";

/** What a part tells, its section's topics and the document's link references being known. Lines count from the part. */
export interface PartFacts {
  readonly links: readonly Link[];
  readonly metrics: readonly Metric[];
  readonly dashboards: readonly Dashboard[];
  readonly contacts: readonly Contact[];
  readonly tasks: readonly ChecklistItem[];
}

const noFacts: PartFacts = { links: [], metrics: [], dashboards: [], contacts: [], tasks: [] };

interface Known {
  readonly topics: Topics;
  readonly facts: PartFacts | null;
}

/** Reads what parts tell, and remembers it for as long as a part and the topics around it stay as they are. */
export class PartReader {
  readonly texts: InlineTexts;
  readonly #known = new WeakMap<Part, Known>();

  constructor(texts: InlineTexts) {
    this.texts = texts;
  }

  /** The facts of a part, or null where it has none. */
  facts(part: Part, topics: Topics): PartFacts | null {
    if (part.quiet === "always" || (part.quiet === "undefined" && this.texts.references.size === 0)) return null;
    const known = this.#known.get(part);
    if (known && sameTopics(known.topics, topics)) return known.facts;
    const facts = read(part, topics, this.texts);
    this.#known.set(part, { topics, facts });
    return facts;
  }
}

function read(part: Part, topics: Topics, texts: InlineTexts): PartFacts | null {
  if (part.items.length === 0 && !topics.dashboards && !topics.contacts && part.fences.length === 0) {
    const links = part.prose.flatMap((prose) => linksOf(prose, texts));
    return links.length > 0 ? { ...noFacts, links } : null;
  }
  const entries = topics.dashboards || topics.contacts ? entriesOf(part, texts) : [];
  const facts = {
    links: part.prose.flatMap((prose) => linksOf(prose, texts)),
    metrics: metricsOf(part, topics.metrics, texts),
    dashboards: topics.dashboards ? dashboardsOf(entries) : [],
    contacts: topics.contacts ? contactsOf(entries) : [],
    tasks: checklistItems(part, topics.afterwards, texts),
  };
  return Object.values(facts).some(({ length }) => length > 0) ? facts : null;
}
