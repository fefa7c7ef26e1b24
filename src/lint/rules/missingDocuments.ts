import type { LintedLink, LintInput } from "../lintInput.ts";
import { newDocument } from "../newDocument.ts";
import type { Fix, Place, Problem } from "../problem.ts";
import { resolvePath } from "../resolvePath.ts";
import type { Rule } from "../rule.ts";

/** Links to files that do not exist. */
export const missingDocuments: Rule = ({ input, facts, lines }) => {
  const used = new Map<number, number>();
  return input.runbook.links.flatMap((link): Problem[] => {
    const [path, ...others] = documentPaths(link, input);
    const place = linkPlace(link, lines, used);
    if (path === undefined || [path, ...others].some((one) => facts.exists.has(one))) return [];
    const fixes = /\.(?:md|markdown)$/i.test(path) ? [creation(path, link, input)] : [];
    const next = fixes.length > 0 ? "Correct the link, or write the document." : "Correct the link.";
    const message = `${link.path} does not exist (looked for ${path}). ${next}`;
    return [{ rule: "missing-document", severity: "error", ...place, message, fixes }];
  });
};

/** The absolute paths where linked documents may be. */
export function linkedPaths(input: LintInput): string[] {
  return input.runbook.links.flatMap((link) => documentPaths(link, input));
}

/** Where a link's document may be, the likeliest first: site generators leave out `.md`. None where it cannot be told. */
function documentPaths({ path }: LintedLink, { directory, root }: LintInput): string[] {
  // Braces are a site generator's, and filled in by it.
  if (path === null || /[{}\0]/.test(path)) return [];
  const folder = path.startsWith("/") ? root : directory;
  if (folder === null) return [];
  const exact = resolvePath(folder, path);
  const name = exact.slice(exact.lastIndexOf("/") + 1);
  return name.includes(".") ? [exact] : [exact, `${exact}.md`];
}

function creation(path: string, link: LintedLink, { target }: LintInput): Fix {
  const file = path.slice(path.lastIndexOf("/") + 1);
  const title = link.text.trim() || file.replace(/\.\w+$/, "").replaceAll(/[-_]+/g, " ");
  const content = newDocument(title, target.namespace);
  return { title: `Write ${file} from a template`, edits: [], creates: { path, content } };
}

/** Where the link's destination stands; the whole line where it is written otherwise. `used` is where the search goes on. */
function linkPlace({ line, href, path }: LintedLink, lines: readonly string[], used: Map<number, number>): Place {
  const text = lines[line] ?? "";
  const from = used.get(line) ?? 0;
  // The text of a link can say the same as its destination.
  const found = ["](", "](<", ""].flatMap((before) =>
    [href, path ?? href].map((written) => {
      const start = text.indexOf(`${before}${written}`, from);
      return { at: start < 0 ? start : start + before.length, length: written.length };
    }),
  );
  const { at, length } = found.find((one) => one.at >= 0 && one.length > 0) ?? { at: -1, length: 0 };
  if (at >= 0) {
    used.set(line, at + length);
    return { line, column: at, endLine: line, endColumn: at + length };
  }
  return { line, column: text.length - text.trimStart().length, endLine: line, endColumn: text.trimEnd().length };
}
