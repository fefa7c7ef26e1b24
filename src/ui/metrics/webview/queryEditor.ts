import { button, element } from "./elements.ts";

const mostExpression = 10_000;

/** The expression of a query, as it is asked, to be changed: Enter asks, Shift+Enter begins a line, Escape takes back. An empty one is asked as Podbook would. */
export class QueryEditor {
  readonly element: HTMLElement;
  readonly #text: HTMLTextAreaElement;
  readonly #buttons: HTMLElement;
  readonly #note = element("p", { class: "quiet" });
  #known = "";

  constructor(label: string, onEdit: (expression: string) => void) {
    this.#text = element("textarea", {
      attributes: {
        rows: "1",
        spellcheck: "false",
        placeholder: "Empty: as Podbook would ask it",
        maxlength: String(mostExpression),
        "aria-label": `Query of ${label}`,
      },
    });
    const ask = () => onEdit(this.#text.value.trim());
    this.#buttons = element(
      "span",
      { class: "buttons" },
      button("Ask", `Ask the changed query of ${label}`, ask),
      button("Take Back", `Take back the change of ${label}`, () => this.#takeBack()),
    );
    this.#text.addEventListener("input", () => this.#changed());
    this.#text.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && !event.shiftKey) {
        event.preventDefault();
        ask();
      } else if (event.key === "Escape") this.#takeBack();
    });
    this.element = element("div", { class: "query" }, this.#text, this.#buttons, this.#note);
    this.#changed();
  }

  /** Shows what is asked now; what the person is typing stays. */
  show(expression: string, note: string): void {
    const isTyping = this.#text.value !== this.#known && this.#text.value !== expression;
    this.#known = expression;
    this.#note.textContent = note;
    this.#note.hidden = note === "";
    if (!isTyping) this.#text.value = expression;
    this.#changed();
  }

  #takeBack(): void {
    this.#text.value = this.#known;
    this.#changed();
  }

  #changed(): void {
    this.#buttons.hidden = this.#text.value === this.#known;
  }
}
