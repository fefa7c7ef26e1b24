/** A place in a text that can be a link. Lines and columns are zero-based; `run` is the number the panel gives, where the line tells it. */
export interface FoundLink {
  readonly line: number;
  readonly start: number;
  readonly end: number;
  readonly run: number | null;
  readonly to:
    | { readonly kind: "pod"; readonly name: string }
    | { readonly kind: "file"; readonly path: string; readonly line: number | null; readonly column: number | null }
    | { readonly kind: "full-output" };
}

/** Of a longer line only the beginning is looked at. */
const longestLine = 2000;
const fullOutput = "Podbook: Open Full Output";

const podName = "[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?";
const podMention = new RegExp(`\\bpods?(?:/| ")(${podName})(?![\\w-])`, "g");
/** What follows tells a row from other text: the READY column, or the processor's share. */
const nameInColumn = new RegExp(`${podName}(?= +\\d+(?:/\\d+|m|u|n)? )`, "y");
/** A slash, or an ending and a line number, tell a path from a word. The first character tells a URL or an option apart. */
const path = /(?<![\w/.:@~=+-])((?:\.{1,2}\/|\/(?!\/))?[\w@+][\w.@+-]*(?:\/[\w.@+-]+)*)(?::(\d{1,7})(?::(\d{1,5}))?)?/g;

/** Whether a text can be the name of a pod (RFC 1123 subdomain): nothing else becomes the argument of a command. */
export function isPodName(text: unknown): text is string {
  return typeof text === "string" && text.length <= 253 && new RegExp(`^${podName}$`).test(text);
}

/** Finds what could be links in the lines of a text, one after the other: pods, files, and the way to what was left out. */
export class LinkFinder {
  /** Where the NAME column of a table of pods begins, by the prefix of the run that prints it. */
  readonly #tables = new Map<string, number>();
  #head: number | null = null;

  /** The links of the next line. */
  next(whole: string, line: number): FoundLink[] {
    const text = whole.slice(0, longestLine);
    if (text.startsWith("▶")) this.#head = headNumber(text);
    const [prefix = "", named] = /^\[(\d+)\] /.exec(text) ?? [];
    const run = named === undefined ? this.#head : Number(named);
    if (/[▶⏵│✓✗■⋯]/.test(text.charAt(prefix.length))) {
      this.#tables.delete(prefix);
      return leftOut(text, line);
    }
    return [...tablePods(text, prefix, this.#tables), ...mentions(text)].map((place) => ({ line, run, ...place }));
  }
}

type Place = Pick<FoundLink, "start" | "end" | "to">;

function headNumber(text: string): number | null {
  return number(/^▶ (?:\S+ )?\d\d:\d\d:\d\d #(\d+) /.exec(text)?.[1]);
}

/** The line that says what was left out of a run names it. */
function leftOut(text: string, line: number): FoundLink[] {
  const run = number(/⋯ #(\d+) /.exec(text)?.[1]);
  const start = text.indexOf(fullOutput);
  if (run === null || start < 0) return [];
  return [{ line, run, start, end: start + fullOutput.length, to: { kind: "full-output" } }];
}

function tablePods(text: string, prefix: string, tables: Map<string, number>): Place[] {
  const header = /^(?:NAMESPACE +)?(?=NAME )/.exec(text.slice(prefix.length));
  if (header) {
    tables.delete(prefix);
    const ofPods =
      / READY +STATUS +RESTARTS /.test(text) ||
      /^NAME +CPU\(cores\) +MEMORY\(bytes\) *$/.test(text.slice(prefix.length));
    if (ofPods) tables.set(prefix, prefix.length + header[0].length);
    return [];
  }
  const column = tables.get(prefix);
  if (column === undefined) return [];
  nameInColumn.lastIndex = column;
  const name = nameInColumn.exec(text)?.[0];
  if (name === undefined || (column > prefix.length && text[column - 1] !== " ")) {
    if (!text.slice(column).startsWith("pod/")) tables.delete(prefix);
    return [];
  }
  return [{ start: column, end: column + name.length, to: { kind: "pod", name } }];
}

function mentions(text: string): Place[] {
  const pods = [...text.matchAll(podMention)].map((match): Place => {
    const name = match[1] ?? "";
    const end = match.index + match[0].length;
    return { start: end - name.length, end, to: { kind: "pod", name } };
  });
  const files = [...text.matchAll(path)].flatMap((match): Place[] => {
    const [all, name = "", line, column] = match;
    const isPath =
      (name.includes("/") && !/^[\d/]+$/.test(name)) || (line !== undefined && /\.[A-Za-z]\w{0,9}$/.test(name));
    const start = match.index;
    const end = start + all.length;
    const inPod = pods.some((pod) => start < pod.end && pod.start < end);
    if (!isPath || inPod) return [];
    const to = { kind: "file", path: name, line: number(line), column: number(column) } as const;
    return [{ start, end, to }];
  });
  return [...pods, ...files];
}

function number(text: string | undefined): number | null {
  return text === undefined ? null : Number(text);
}
