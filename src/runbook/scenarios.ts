import type { FieldName } from "./fieldNames.ts";
import { type FieldSource, fieldValue } from "./fields.ts";
import type { InlineTexts } from "./inlineTexts.ts";
import type { Part } from "./part.ts";
import type { RecoverySeconds } from "./recoveryTime.ts";
import type { OpenSection, Section } from "./section.ts";
import { oneLine } from "./trim.ts";

/** A section that says what is hit when something fails, or how long recovery takes. */
export interface Scenario {
  readonly title: string;
  /** Zero-based line of its heading. */
  readonly line: number;
  /** Zero-based last line of its section. */
  readonly endLine: number;
  readonly section: Section;
  /** What happens, or null where it is not said. */
  readonly description: string | null;
  readonly impact: string | null;
  /** The expected recovery time as written, or null where it is not said. */
  readonly expectedRecovery: string | null;
  /** The same in seconds, or null where it is not said or not understood. */
  readonly expectedRecoverySeconds: RecoverySeconds | null;
}

/** A part with its line and the section it stands in. */
export interface SectionPart {
  readonly line: number;
  readonly part: Part;
  readonly within: OpenSection | null;
}

type Values = Partial<Record<FieldName, { readonly text: string; readonly seconds: RecoverySeconds | null }>>;

/**
 * The scenarios of a document. A field belongs to the section it stands in; a heading that is nothing but a field's name
 * ("Impact") gives the section around it that field, with what stands below it; and so does one with its value
 * ("Impact: all users").
 */
export function scenariosOf(placed: readonly SectionPart[], texts: InlineTexts): Scenario[] {
  const values = new Map<OpenSection, Values>();
  placed.forEach(({ part, within }, index) => {
    if (!within) return;
    const isLabel = within.heading.field !== null || part.heading !== null;
    const section = isLabel && within.parent ? within.parent : within;
    const sources = sourcesOf(part, within);
    for (const source of sources) {
      const isOpen = source.content === "" && source === sources.at(-1);
      const field = isOpen ? fieldBelow(source.name, placed, index + 1) : source;
      const text = texts.plain(field);
      if (text === "") continue;
      const known = values.get(section) ?? {};
      known[source.name] ??= { text, seconds: field.seconds };
      values.set(section, known);
    }
  });
  const scenarios = [...values].flatMap(([{ section }, known]) => scenarioOf(section, known));
  return scenarios.sort((one, other) => one.line - other.line);
}

/** The fields of a part. A heading's are those of the section around it. */
function sourcesOf({ heading, fields }: Part, within: OpenSection): readonly FieldSource[] {
  if (heading && (heading !== within.heading || !within.parent)) return [];
  if (!heading?.field) return fields;
  return [{ name: heading.field, line: 0, content: "", seconds: null }];
}

/** The value of a field whose label ends its part: the text below, and the list below that where it ends with a colon. */
function fieldBelow(name: FieldName, placed: readonly SectionPart[], index: number): FieldSource {
  const values = textOf(placed[index]?.part);
  if (values.length === 1 && values[0]?.endsWith(":")) values.push(...textOf(placed[index + 1]?.part));
  return { name, line: 0, ...fieldValue(name, values) };
}

function textOf(part: Part | undefined): string[] {
  if (!part || part.heading || part.fences.length > 0) return [];
  return part.prose.map(({ content }) => oneLine(content));
}

function scenarioOf(section: Section, { description, impact, recovery }: Values): Scenario[] {
  if (!impact && !recovery) return [];
  const { title, line, endLine } = section;
  return [
    {
      title,
      line,
      endLine,
      section,
      description: description?.text ?? null,
      impact: impact?.text ?? null,
      expectedRecovery: recovery?.text ?? null,
      expectedRecoverySeconds: recovery?.seconds ?? null,
    },
  ];
}
