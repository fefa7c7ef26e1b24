import type { RangeChoice } from "../../../metrics/chartRange.ts";
import { clock } from "./clock.ts";
import { button, element } from "./elements.ts";

const choices: readonly { readonly value: string; readonly words: string }[] = [
  { value: "incident", words: "Incident" },
  { value: "15", words: "Last 15 minutes" },
  { value: "60", words: "Last hour" },
  { value: "360", words: "Last 6 hours" },
  { value: "between", words: "From … to …" },
];
const longestMs = 31 * 24 * 3_600_000;

/** Chooses the time that all charts are about. */
export class RangeBar {
  readonly element: HTMLElement;
  readonly #select = element("select", { attributes: { "aria-label": "Time" } });
  readonly #between: HTMLElement;
  readonly #from = element("input", { attributes: { type: "datetime-local", step: "1", "aria-label": "From" } });
  readonly #to = element("input", { attributes: { type: "datetime-local", step: "1", "aria-label": "To" } });
  readonly #wrong = element("span", { class: "wrong", attributes: { role: "alert" } });
  readonly #onChoose: (choice: RangeChoice) => void;

  constructor(onChoose: (choice: RangeChoice) => void) {
    this.#onChoose = onChoose;
    this.#select.append(
      ...choices.map(({ value, words }) => element("option", { text: words, attributes: { value } })),
    );
    this.#select.addEventListener("change", () => this.#selected());
    const show = button("Show", "Show this time", () => this.#chooseBetween());
    this.#between = element(
      "span",
      { class: "between" },
      this.#from,
      element("span", { text: "to" }),
      this.#to,
      show,
      this.#wrong,
    );
    this.#between.hidden = true;
    this.element = element("div", { class: "range" }, this.#select, this.#between);
  }

  /** Shows what is chosen now. */
  show(choice: RangeChoice, inIncident: boolean): void {
    const [incident] = this.#select.options;
    if (incident) {
      incident.disabled = !inIncident && choice.kind !== "incident";
      incident.textContent = inIncident ? "Incident" : "Incident (none is going on)";
    }
    this.#select.value = choice.kind === "last" ? String(choice.minutes) : choice.kind;
    this.#between.hidden = choice.kind !== "between";
    if (choice.kind === "between") this.#fill(choice.from, choice.to);
  }

  #selected(): void {
    const { value } = this.#select;
    this.#between.hidden = value !== "between";
    if (value === "between") this.#fill(Date.now() - 3_600_000, Date.now());
    else this.#onChoose(value === "incident" ? { kind: "incident" } : { kind: "last", minutes: Number(value) });
  }

  #fill(from: number, to: number): void {
    this.#from.value = clock(from).replace(" ", "T");
    this.#to.value = clock(to).replace(" ", "T");
  }

  #chooseBetween(): void {
    const [from, to] = [this.#from, this.#to].map(({ value }) => new Date(value).getTime());
    const isTime = from !== undefined && to !== undefined && from < to && to - from <= longestMs;
    this.#wrong.textContent = isTime ? "" : "The end must be after the beginning, and at most 31 days later.";
    if (isTime) this.#onChoose({ kind: "between", from, to });
  }
}
