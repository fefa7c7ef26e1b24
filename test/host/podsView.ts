import type { Locator, Page } from "playwright-core";
import { seen } from "../run/until.ts";

/** A row of the Pods tree as seen on the screen. */
export interface SeenRow {
  readonly label: string;
  readonly description: string;
  /** One for workloads, two for their pods, three for containers. */
  readonly level: number;
}

/** The Pods view in Podbook's sidebar. */
export class PodsView {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  /** Shows Podbook's sidebar by its icon in the activity bar. */
  async open(): Promise<void> {
    if (await this.container().isVisible()) return;
    await this.#page.locator('.activitybar .action-label[aria-label^="Podbook"]').click();
    await this.container().waitFor();
  }

  /** The view itself, under its head. */
  pane(): Locator {
    return this.container().locator(".pane", { has: this.#page.locator('.pane-header[aria-label^="Pods"]') });
  }

  /** The sidebar with the view in it, and with Podbook's other views. */
  container(): Locator {
    return this.#page.locator('[id="workbench.view.extension.podbook"]');
  }

  /** The rows of the tree, from top to bottom. */
  async rows(): Promise<SeenRow[]> {
    return this.pane()
      .locator(".monaco-list-row")
      .evaluateAll((all) => {
        const text = (one: { textContent: string | null } | null) => (one?.textContent ?? "").replaceAll("\u00a0", " ");
        return all
          .map((row) => ({ row, top: row.getBoundingClientRect().top }))
          .sort((a, b) => a.top - b.top)
          .map(({ row }) => ({
            label: text(row.querySelector(".label-name")),
            description: text(row.querySelector(".label-description")),
            level: Number(row.getAttribute("aria-level")),
          }));
      });
  }

  /** Opens every workload that is closed, so that its pods are seen. */
  async expandAll(): Promise<void> {
    const closed = this.pane().locator('.monaco-list-row[aria-level="1"][aria-expanded="false"] .monaco-tl-twistie');
    while ((await closed.count()) > 0) await closed.first().click();
  }

  /** Opens the row with this label. */
  async expand(label: string): Promise<void> {
    await this.#row(label, "false").locator(".monaco-tl-twistie").click();
  }

  /** Closes the row with this label. */
  async collapse(label: string): Promise<void> {
    await this.#row(label, "true").locator(".monaco-tl-twistie").click();
  }

  #row(label: string, expanded: "true" | "false"): Locator {
    const name = this.#page.locator(".label-name", { hasText: label });
    return this.pane().locator(`.monaco-list-row[aria-expanded="${expanded}"]`).filter({ has: name }).first();
  }

  /** Clicks a button in the head of the view. */
  async clickTitle(name: string): Promise<void> {
    await this.pane().hover();
    await this.pane().locator(`.pane-header .action-label[aria-label^="${name}"]:visible`).first().click();
  }

  /** Resolves with the rows as soon as the condition holds for them. */
  async waitForRows(condition: (rows: SeenRow[]) => boolean, what: string, timeout = 30_000): Promise<SeenRow[]> {
    let rows: SeenRow[] = [];
    const look = async () => {
      rows = await this.rows();
      return condition(rows) ? rows : undefined;
    };
    return seen(look, () => `${what}; rows: ${JSON.stringify(rows)}`, timeout);
  }

  /** Resolves with the view's whole text once it contains this: rows, message or welcome text. */
  async waitForText(text: string, timeout = 30_000): Promise<string> {
    await this.container().getByText(text, { exact: false }).first().waitFor({ timeout });
    // Without the places where long words may be broken.
    return (await this.container().allInnerTexts()).join("\n").replaceAll("\u00a0", " ").replaceAll("\u200b", "");
  }
}
