import MarkdownIt, { type Token } from "markdown-it";

type Nesting = -1 | 0 | 1;

const { block, inline } = new MarkdownIt("commonmark");
const tokenPrototype: object = Object.getPrototypeOf(
  new inline.State("", new MarkdownIt(), {}, []).push("text", "", 0),
);

/**
 * markdown-it's states for reading blocks and inline text, which make the same tokens in less time: its own constructor
 * defines each property by itself, and half of the time of a parse goes there.
 */
export class LeanBlockState extends block.State {
  override push(type: string, tag: string, nesting: Nesting): Token {
    const token = leanToken(type, tag, nesting, true);
    if (nesting < 0) this.level--;
    token.level = this.level;
    if (nesting > 0) this.level++;
    this.tokens.push(token);
    return token;
  }
}

/** See `LeanBlockState`. Where tokens end is kept in an array: in markdown-it's object, a long line takes twice the time. */
export class LeanInlineState extends inline.State {
  constructor(...given: ConstructorParameters<typeof inline.State>) {
    super(...given);
    this.cache = new Array<number>(this.src.length);
  }

  override pushPending(): Token {
    const token = leanToken("text", "", 0, false);
    token.content = this.pending;
    token.level = this.pendingLevel;
    this.tokens.push(token);
    this.pending = "";
    return token;
  }

  override push(type: string, tag: string, nesting: Nesting): Token {
    if (this.pending) this.pushPending();
    const token = leanToken(type, tag, nesting, false);
    let meta: LeanInlineState["tokens_meta"][number];
    if (nesting < 0) {
      this.level--;
      this.delimiters = this._prev_delimiters.pop() ?? [];
    }
    token.level = this.level;
    if (nesting > 0) {
      this.level++;
      this._prev_delimiters.push(this.delimiters);
      this.delimiters = [];
      meta = { delimiters: this.delimiters };
    }
    this.pendingLevel = this.level;
    this.tokens.push(token);
    this.tokens_meta.push(meta);
    return token;
  }
}

function leanToken(type: string, tag: string, nesting: Nesting, isBlock: boolean): Token {
  const token: Token = Object.create(tokenPrototype);
  token.type = type;
  token.tag = tag;
  token.attrs = null;
  token.map = null;
  token.nesting = nesting;
  token.level = 0;
  token.children = null;
  token.content = "";
  token.markup = "";
  token.info = "";
  token.meta = null;
  token.block = isBlock;
  token.hidden = false;
  return token;
}
