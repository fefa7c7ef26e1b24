import type { StateInline } from "markdown-it";

interface Label {
  /** Position of the bracket that closes it, or -1. */
  readonly end: number;
  readonly hasLink: boolean;
}

/** What is known of the labels in one run of inline Markdown. */
interface Labels {
  readonly ends: Map<number, Label>;
  /** Steps that may still be taken to find more. */
  steps: number;
}

const openBracket = 91;
const closeBracket = 93;
const notClosed: Label = { end: -1, hasLink: false };
/** Text that people write needs less than two steps per character. */
const stepsPerCharacter = 4;

/**
 * A replacement for markdown-it's search for the end of a link's label. markdown-it looks through the rest of the
 * paragraph for every opening bracket, which takes minutes where there are very many of them. Here one look notes the ends
 * of all labels that it comes by, and the number of steps is limited: beyond it, no more labels are found.
 */
export class LinkLabels {
  readonly #known = new WeakMap<StateInline, Labels>();

  /** Position of the bracket that closes the label opened at `start`, or -1; with `disableNested` only if no link is in it. */
  readonly find = (state: StateInline, start: number, disableNested?: boolean): number => {
    let labels = this.#known.get(state);
    if (!labels) {
      labels = { ends: new Map(), steps: 1000 + stepsPerCharacter * state.src.length };
      this.#known.set(state, labels);
    }
    const label = labels.ends.get(start) ?? look(state, start, disableNested === true, labels);
    return disableNested && label.hasLink ? -1 : label.end;
  };
}

/** Reads on from an opening bracket until it is closed, and notes what it learns of the brackets within. */
function look(state: StateInline, start: number, stopAtLink: boolean, labels: Labels): Label {
  const before = state.pos;
  const open = [start];
  let lastLink = -1;
  state.pos = start + 1;
  while (state.pos < state.posMax && labels.steps > 0) {
    labels.steps--;
    const position = state.pos;
    const marker = state.src.charCodeAt(position);
    if (marker === closeBracket) {
      const opened = open.pop() ?? start;
      labels.ends.set(opened, { end: position, hasLink: lastLink > opened });
      if (open.length === 0) break;
    }
    state.md.inline.skipToken(state);
    if (marker !== openBracket) continue;
    if (state.pos === position + 1) open.push(position);
    else if (stopAtLink) {
      state.pos = before;
      return { end: -1, hasLink: true };
    } else lastLink = position;
  }
  state.pos = before;
  for (const opened of open) labels.ends.set(opened, notClosed);
  return labels.ends.get(start) ?? notClosed;
}
