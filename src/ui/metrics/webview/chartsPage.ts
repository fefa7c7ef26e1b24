import type { ViewRequest, ViewUpdate } from "../viewMessages.ts";
import { ChartCard } from "./chartCard.ts";
import { clockTime } from "./clock.ts";
import { button, element } from "./elements.ts";
import { RangeBar } from "./rangeBar.ts";
import { onThemeChange } from "./viewTheme.ts";

type RunbookUpdate = Extract<ViewUpdate, { readonly type: "runbook" }>;

/** The page of the Metrics view: the time, and a card for each query of the runbook. */
export class ChartsPage {
  readonly #send: (request: ViewRequest) => void;
  readonly #title = element("h1", {});
  readonly #source = element("span", { class: "quiet" });
  readonly #state = element("span", { class: "quiet state" });
  readonly #nothing = element("div", { class: "problem", attributes: { role: "alert" } });
  readonly #list = element("main", {});
  readonly #range: RangeBar;
  readonly #cards = new Map<number, ChartCard>();

  constructor(body: HTMLElement, send: (request: ViewRequest) => void) {
    this.#send = send;
    this.#range = new RangeBar((choice) => send({ type: "choose", choice }));
    this.#nothing.hidden = true;
    this.#state.textContent = "Asking…";
    const bar = element("div", { class: "bar" }, this.#range.element, this.#state);
    body.append(element("header", { class: "head" }, this.#title, this.#source, bar), this.#nothing, this.#list);
    onThemeChange(() => {
      for (const card of this.#cards.values()) card.recolour();
    });
  }

  /** Shows what the extension tells. */
  take(update: ViewUpdate): void {
    switch (update.type) {
      case "runbook":
        this.#showRunbook(update);
        break;
      case "nothing":
        this.#showNothing(update.title, update.message);
        break;
      case "chart":
        this.#cards.get(update.id)?.draw(update.chart);
        break;
      case "problem":
        this.#cards.get(update.id)?.fail(update.message);
        break;
      case "asked":
        this.#state.textContent = `${update.isLive ? "Live" : "Not live"} · asked at ${clockTime(update.askedAt)}`;
        break;
      case "focus":
        this.#cards.get(update.id)?.focus();
    }
  }

  #showRunbook({ title, source, choice, inIncident, queries }: RunbookUpdate): void {
    this.#title.textContent = `Metrics of ${title}`;
    this.#source.textContent = `from ${source}`;
    this.#range.show(choice, inIncident);
    this.#nothing.hidden = queries.length > 0;
    if (queries.length === 0) {
      const none =
        "This runbook names no metrics. Write PromQL in a list item or in a promql block, and it is shown here.";
      this.#nothing.replaceChildren(element("span", { text: none }));
    }
    const ids = new Set(queries.map(({ id }) => id));
    for (const [id, card] of this.#cards) if (!ids.has(id)) this.#remove(id, card);
    for (const query of queries) {
      const known = this.#cards.get(query.id);
      if (known) known.show(query);
      else this.#cards.set(query.id, new ChartCard(query, this.#send));
    }
    const wanted = queries.flatMap(({ id }) => this.#cards.get(id)?.element ?? []);
    // An element that is moved loses the focus.
    if (wanted.some((one, index) => this.#list.children[index] !== one)) this.#list.replaceChildren(...wanted);
  }

  #showNothing(title: string, message: string): void {
    for (const [id, card] of this.#cards) this.#remove(id, card);
    this.#title.textContent = `Metrics of ${title}`;
    this.#source.textContent = "";
    this.#state.textContent = "Not live";
    const retry = button("Retry", "Ask again", () => this.#send({ type: "retry", id: null }));
    this.#nothing.replaceChildren(element("span", { text: message }), retry);
    this.#nothing.hidden = false;
  }

  #remove(id: number, card: ChartCard): void {
    card.dispose();
    this.#cards.delete(id);
  }
}
