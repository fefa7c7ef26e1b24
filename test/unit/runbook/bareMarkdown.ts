import MarkdownIt from "markdown-it";
import { fenceLanguage, isShellLanguage } from "../../../src/runbook/shellLanguages.ts";

const markdown = new MarkdownIt("commonmark");

/** A fence as an untouched markdown-it in CommonMark mode sees it. */
export interface BareFence {
  readonly line: number;
  readonly endLine: number;
  readonly language: string;
  readonly text: string;
}

/** All fences of a text by markdown-it, of any language. */
export function bareFences(text: string): BareFence[] {
  return markdown.parse(text, {}).flatMap((token) => {
    if (token.type !== "fence" || !token.map) return [];
    const language = fenceLanguage(markdown.utils.unescapeAll(token.info));
    return [{ line: token.map[0], endLine: token.map[1] - 1, language, text: token.content }];
  });
}

/** The shell blocks of a text by markdown-it, with the headings above each. */
export function bareBlocks(text: string): (BareFence & { headings: string[] })[] {
  const fences = bareFences(text).filter(({ language }) => isShellLanguage(language));
  const tokens = markdown.parse(text, {});
  return fences.map((fence) => {
    const path: { level: number; title: string }[] = [];
    tokens.forEach((token, index) => {
      if (token.type !== "heading_open" || token.level !== 0 || (token.map?.[0] ?? 0) > fence.line) return;
      const level = Number(token.tag.slice(1));
      while ((path.at(-1)?.level ?? 0) >= level) path.pop();
      const title = tokens[index + 1]?.children?.map(({ type, content }) => (type.endsWith("break") ? " " : content));
      path.push({ level, title: (title ?? []).join("").trim() });
    });
    return { ...fence, headings: path.map(({ title }) => title) };
  });
}

/** The links of a text by markdown-it, in order. */
export function bareLinks(text: string): { href: string; text: string }[] {
  return markdown.parse(text, {}).flatMap(({ children }) => {
    const links: { href: string; text: string }[] = [];
    let open = false;
    for (const token of children ?? []) {
      const last = links.at(-1);
      if (token.type === "link_open") links.push({ href: String(token.attrGet("href") ?? ""), text: "" });
      if (token.type === "link_open" || token.type === "link_close") open = token.type === "link_open";
      else if (open && last) last.text += token.type.endsWith("break") ? " " : token.content;
    }
    return links;
  });
}
