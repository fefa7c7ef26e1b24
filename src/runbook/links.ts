import type { InlineTexts, Prose } from "./inlineTexts.ts";

/** A link of the document; images are none. */
export interface Link {
  /** Zero-based. */
  readonly line: number;
  /** As HTML would have it: percent-encoded, references resolved. */
  readonly href: string;
  readonly text: string;
  /** Whether it leads away from the files beside the document: to a web page, a mail address. */
  readonly external: boolean;
  /** The file it leads to, decoded, without query and fragment; null for external links and those within the document. */
  readonly path: string | null;
}

/** The links of a run of prose, their lines counted as the prose's is. */
export function linksOf(prose: Prose, texts: InlineTexts): Link[] {
  if (!texts.mayLink(prose)) return [];
  return texts.of(prose).links.map((link) => {
    const external = /^(?:[a-z][a-z\d+.-]*:|\/\/)/i.test(link.href);
    const path = external ? null : filePath(link.href);
    return { line: prose.line + link.line, href: link.href, text: link.text, external, path };
  });
}

function filePath(href: string): string | null {
  const path = href.replace(/[?#].*$/s, "");
  if (path === "") return null;
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
