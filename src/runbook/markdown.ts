import MarkdownIt from "markdown-it";
import { LeanBlockState, LeanInlineState } from "./leanStates.ts";
import { LinkLabels } from "./linkLabels.ts";

/**
 * The Markdown parser of runbooks: markdown-it in CommonMark mode, with the same results, made faster (`leanStates.ts`)
 * and safe from paragraphs full of brackets (`linkLabels.ts`). Its inline rules note where links and code spans stand
 * (`tokenStart`), which markdown-it itself does not keep.
 */
export const markdown = new MarkdownIt("commonmark");
markdown.block.State = LeanBlockState;
markdown.inline.State = LeanInlineState;
markdown.helpers.parseLinkLabel = new LinkLabels().find;

type InlineRule = ReturnType<typeof markdown.inline.ruler.getRules>[number];
type InlineToken = Parameters<InlineRule>[0]["tokens"][number];

const enabled = [
  "autolink",
  "backticks",
  "emphasis",
  "entity",
  "escape",
  "html_inline",
  "image",
  "link",
  "newline",
  "text",
];
const noted = new Map([
  ["autolink", "link_open"],
  ["link", "link_open"],
  ["backticks", "code_inline"],
]);

for (const [name, type] of noted) {
  markdown.inline.ruler.enableOnly([name]);
  const [rule] = markdown.inline.ruler.getRules("");
  if (rule) markdown.inline.ruler.at(name, notingStart(rule, type));
}
markdown.inline.ruler.enableOnly(enabled);

/** Where a `link_open` or `code_inline` token begins in the inline text it was read from. */
export function tokenStart(token: InlineToken): number {
  return Number(token.meta?.["start"] ?? 0);
}

function notingStart(rule: InlineRule, type: string): InlineRule {
  return (state, silent) => {
    const start = state.pos;
    const count = state.tokens.length;
    if (!rule(state, silent)) return false;
    if (silent) return true;
    for (let index = count; index < state.tokens.length; index++) {
      const token = state.tokens[index];
      if (token?.type !== type) continue;
      token.meta = { start };
      break;
    }
    return true;
  };
}
