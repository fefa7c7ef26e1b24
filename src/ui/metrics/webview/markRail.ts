import type { ChartMark } from "../../../metrics/chart.ts";
import { clockTime } from "./clock.ts";
import { element } from "./elements.ts";

const signs: Readonly<Record<ChartMark["kind"], string>> = {
  incident: "⚑",
  run: "▶",
  workload: "●",
  note: "✎",
  metric: "◆",
};
/** Marks that are nearer to each other, in px, are one. */
const apart = 20;
const mostTold = 8;

/**
 * The marks over a plot, each a button that says in words what it is where the mouse rests on it or the keyboard is. Tab comes
 * to one of them, the arrow keys to the others.
 */
export class MarkRail {
  readonly element = element("div", { class: "marks", attributes: { role: "toolbar", "aria-label": "What happened" } });
  readonly #tip = element("div", { class: "tip", attributes: { role: "tooltip" } });
  #current = 0;
  #shown = "";

  constructor() {
    this.#tip.hidden = true;
    this.element.addEventListener("keydown", (event) => this.#key(event));
  }

  /** Shows the marks, with `leftOf` giving where a time stands, in px. */
  show(marks: readonly ChartMark[], leftOf: (at: number) => number): void {
    const groups = grouped(marks, leftOf);
    const wanted = JSON.stringify(groups);
    // A button that is made anew would lose the focus.
    if (wanted === this.#shown) return;
    this.#shown = wanted;
    const hadFocus = this.element.contains(document.activeElement);
    this.#tip.hidden = true;
    this.#current = Math.min(this.#current, Math.max(0, groups.length - 1));
    this.element.hidden = groups.length === 0;
    this.element.replaceChildren(...groups.map((group, index) => this.#button(group, index)), this.#tip);
    if (hadFocus) this.#focus(this.#current);
  }

  #button({ left, marks }: Group, index: number): HTMLElement {
    const words = marks.slice(0, mostTold).map(({ at, words: said }) => `${clockTime(at)} ${said}`);
    const told = marks.length > mostTold ? [...words, `and ${marks.length - mostTold} more`] : words;
    const [first] = marks;
    const sign = marks.length > 1 ? String(marks.length) : signs[first?.kind ?? "note"];
    const made = element("button", {
      class: "mark",
      text: sign,
      attributes: { type: "button", "aria-label": told.join("; "), tabindex: index === this.#current ? "0" : "-1" },
    });
    made.style.left = `${left}px`;
    const tell = () => this.#tell(told, left);
    made.addEventListener("mouseenter", tell);
    made.addEventListener("focus", tell);
    made.addEventListener("click", tell);
    for (const end of ["mouseleave", "blur"]) made.addEventListener(end, () => this.#hide());
    return made;
  }

  #tell(lines: readonly string[], left: number): void {
    this.#tip.replaceChildren(...lines.map((text) => element("div", { text })));
    const isRight = left > this.element.clientWidth / 2;
    this.#tip.style.left = isRight ? "auto" : `${left}px`;
    this.#tip.style.right = isRight ? `${this.element.clientWidth - left}px` : "auto";
    this.#tip.hidden = false;
  }

  #hide(): void {
    this.#tip.hidden = true;
  }

  #key(event: KeyboardEvent): void {
    const steps: Readonly<Record<string, number>> = { ArrowLeft: -1, ArrowRight: 1 };
    const step = steps[event.key];
    if (event.key === "Escape") this.#hide();
    if (step === undefined) return;
    event.preventDefault();
    this.#focus(this.#current + step);
  }

  #focus(index: number): void {
    const buttons = [...this.element.querySelectorAll("button")];
    const next = buttons[Math.min(buttons.length - 1, Math.max(0, index))];
    if (!next) return;
    for (const one of buttons) one.tabIndex = one === next ? 0 : -1;
    this.#current = buttons.indexOf(next);
    next.focus();
  }
}

interface Group {
  readonly left: number;
  readonly marks: ChartMark[];
}

function grouped(marks: readonly ChartMark[], leftOf: (at: number) => number): Group[] {
  const groups: Group[] = [];
  for (const mark of marks) {
    const left = Math.round(leftOf(mark.at));
    const last = groups.at(-1);
    if (last && left - last.left < apart) last.marks.push(mark);
    else groups.push({ left, marks: [mark] });
  }
  return groups;
}
