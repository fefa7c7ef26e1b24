import { type FieldName, fieldName, mayHaveField } from "./fieldNames.ts";
import type { Prose } from "./inlineTexts.ts";
import { type RecoverySeconds, recoveryTimeOf } from "./recoveryTime.ts";
import { readTable } from "./tables.ts";
import { oneLine, trimEndOf } from "./trim.ts";

/** A field as it stands in the text. Its content is its value; empty where the value is the next part. */
export interface FieldSource extends Prose {
  readonly name: FieldName;
  /** The value of a recovery time, understood. */
  readonly seconds: RecoverySeconds | null;
}

const none: readonly FieldSource[] = [];

type Found = Omit<FieldSource, "seconds">;

/** Prose with its place in the nesting of its part. */
export interface PlacedProse extends Prose {
  /** Depth of nesting in lists and quotes. */
  readonly level: number;
  /** Number of the list item it stands in, or -1. */
  readonly item: number;
}

interface Label {
  readonly name: FieldName | null;
  readonly value: string;
}

const decoration = /^[^\p{L}\p{N}*_<|:]+/u;
const marked =
  /^(\*{1,3}|_{1,3}|<b>|<strong>)([^*_<>|\n]{2,80}?)([*_]{1,3}|<\/b>|<\/strong>)[ \t]{0,4}([::]|[-–—](?=\s|$))?[ \t]*/u;
const plain = /^([\p{L}][^*_::|`\n]{1,60}?)[ \t]{0,4}(?:[::](?=\s|\*|_|$)|[ \t][-–—](?=\s))[ \t]*[*_]*[ \t]*/u;
const markedInside = /(\*\*|__)([^*_|\n]{2,60}?)([::]?)[ \t]{0,4}\1[ \t]{0,4}([::]?)/gu;

/** The fields in the prose of one part, in order. */
export function fieldsOf(prose: readonly PlacedProse[]): readonly FieldSource[] {
  if (!prose.some(({ content }) => mayHaveField(content))) return none;
  const fields: FieldSource[] = [];
  prose.forEach((one, index) => {
    if (!mayHaveField(one.content)) return;
    const found = tableFields(one) ?? lineFields(one);
    for (const field of found) {
      const values = field.content === "" && field === found.at(-1) ? nestedValues(prose, index) : [field.content];
      fields.push({ ...field, ...fieldValue(field.name, values) });
    }
  });
  return fields;
}

/** A value that stands in one or more paragraphs or list items. */
export function fieldValue(name: FieldName, values: readonly string[]): Pick<FieldSource, "content" | "seconds"> {
  return {
    content: values.join("; ").replaceAll(":; ", ": "),
    seconds: name === "recovery" ? recoveryTimeOf(values) : null,
  };
}

/** What stands below a label that ends its own paragraph: the rest of its list item. */
function nestedValues(prose: readonly PlacedProse[], index: number): string[] {
  const label = prose[index];
  const values: string[] = [];
  for (let next = index + 1; next < prose.length; next++) {
    const one = prose[next];
    if (!one || !label || label.item < 0 || !(one.level > label.level || one.item === label.item)) break;
    values.push(oneLine(one.content));
  }
  return values;
}

function lineFields(prose: Prose): Found[] {
  const fields: { name: FieldName | null; line: number; values: string[] }[] = [];
  const lines = prose.content.split("\n");
  lines.forEach((text, index) => {
    const label = labelOf(text, lines[index + 1]);
    if (!label) fields.at(-1)?.values.push(text.trim().replace(/^[::~]\s+/u, ""));
    else fields.push(...split(label).map(({ name, value }) => ({ name, line: prose.line + index, values: [value] })));
  });
  return fields.flatMap(({ name, line, values }) => (name ? [{ name, line, content: values.join(" ").trim() }] : []));
}

/** The label that a line begins with, be it a field's or another's. */
function labelOf(line: string, next: string | undefined): Label | null {
  const text = line.trimStart().replace(decoration, "");
  const match = marked.exec(text) ?? plain.exec(text);
  if (match) {
    const written = match[2] ?? match[1] ?? "";
    const name = fieldName(written);
    const isLabel = name !== null || match[4] !== undefined || /[::]$/u.test(written) || match[2] === undefined;
    return isLabel ? { name, value: text.slice(match[0].length).replace(/^[::][ \t]*/u, "") } : null;
  }
  const name = next !== undefined && /^[ \t]*[::~][ \t]/u.test(next) ? fieldName(text) : null;
  return name ? { name, value: "" } : null;
}

/** Cuts `High **RTO:** 5 min` in two. */
function split(label: Label): Label[] {
  const labels: { name: FieldName | null; value: string }[] = [{ ...label }];
  let from = 0;
  for (const match of label.value.matchAll(markedInside)) {
    const name = fieldName(match[2] ?? "");
    const last = labels.at(-1);
    if (!name || !last || !(match[3] || match[4] || /[::]$/u.test(match[2] ?? ""))) continue;
    last.value = trimEndOf(label.value.slice(from, match.index), " \t|;,·•");
    from = match.index + match[0].length;
    labels.push({ name, value: label.value.slice(from).trim() });
  }
  return labels;
}

/** Fields of a table: names in the first of two columns, or names as the header of a single row. */
function tableFields(prose: Prose): Found[] | null {
  const table = readTable(prose.content);
  if (!table) return null;
  const [row, ...others] = table.rows;
  const headings = table.header.cells.map((cell) => fieldName(bare(cell)));
  if (row && others.length === 0 && headings.filter(Boolean).length > 1) {
    return headings.flatMap((name, column) => {
      const content = row.cells[column];
      return name && content ? [{ name, line: prose.line + row.line, content }] : [];
    });
  }
  const pairs = headings.slice(1).some(Boolean) ? table.rows : [table.header, ...table.rows];
  return pairs.flatMap(({ line, cells }) => {
    const name = cells.length === 2 ? fieldName(bare(cells[0] ?? "")) : null;
    return name && cells[1] ? [{ name, line: prose.line + line, content: cells[1] }] : [];
  });
}

function bare(cell: string): string {
  return cell.replace(/[*_`]+/g, "");
}
