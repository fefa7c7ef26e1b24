import type { Locator, Page } from "playwright-core";
import { insist, seen } from "../run/until.ts";

/** The output panel as a person reads it. */
export class OutputPanel {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  /** The name of the channel that is shown, undefined while the panel shows none. */
  async channel(): Promise<string | undefined> {
    const select = this.#page.locator(".part.panel .title-actions select, .part.panel .monaco-select-box");
    if ((await select.count()) === 0) return undefined;
    return select.first().evaluate((one) => one.options?.[one.selectedIndex]?.text ?? one.textContent);
  }

  /** The lines on the screen, from top to bottom. */
  async visible(): Promise<string[]> {
    return this.#read();
  }

  /** Resolves with the text on the screen as soon as the pattern is found in it. */
  async waitFor(pattern: RegExp, timeout = 30_000): Promise<string> {
    let text = "";
    const look = async () => {
      text = (await this.visible()).join("\n");
      return pattern.test(text) ? text : undefined;
    };
    return seen(look, () => `${pattern} in the output; it shows:\n${text}`, timeout);
  }

  /** The whole text of the channel, as a person copies it; then the panel follows its end again. */
  async all(): Promise<string> {
    const page = this.#page;
    await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    const nothing = "nothing was copied";
    await page.evaluate(`navigator.clipboard.writeText(${JSON.stringify(nothing)})`);
    let text = nothing;
    const look = async () => {
      text = await page.evaluate<string>("navigator.clipboard.readText()");
      return text === nothing ? undefined : text;
    };
    const copy = async () => {
      await this.#editor().click();
      await page.keyboard.press("Control+A");
      await page.keyboard.press("Control+C");
    };
    await insist(copy, () => seen(look, () => "a copy of the output panel", 2_000));
    await page.keyboard.press("Control+End");
    return text.replaceAll("\r\n", "\n");
  }

  /** Empties the channel that is shown, if one is. */
  async clear(): Promise<void> {
    const button = this.#page.locator('.part.panel .action-label[aria-label="Clear Output"]:visible').first();
    if ((await button.count()) === 0) return;
    await button.click();
    const filled = this.#editor().locator(".view-line").filter({ hasText: /\S/ });
    await seen(
      async () => ((await filled.count()) === 0 ? true : undefined),
      () => "an empty output panel",
      5_000,
    );
  }

  /** Goes to the end of the channel; the panel follows it from then on, which it does not after a click into its middle. */
  async toEnd(): Promise<void> {
    await this.#editor().click();
    await this.#page.keyboard.press("Control+End");
  }

  /** The colour of the last piece of text on the screen that contains this, as CSS has it. */
  color(text: string): Promise<string> {
    const part = this.#editor().locator(".view-line span span", { hasText: text }).last();
    return part.evaluate((one) => one.ownerDocument.defaultView.getComputedStyle(one).color);
  }

  /** Follows the last link on the screen that has this text, as a person does with the Control key. */
  async follow(text: string): Promise<void> {
    const link = this.#editor().locator(".view-line .detected-link", { hasText: text }).last();
    await link.waitFor();
    const { keyboard } = this.#page;
    await keyboard.down("Control");
    try {
      // A click before VS Code has understood the key only moves the cursor; where it draws the line anew it has to be told again.
      const active = this.#editor().locator(".detected-link-active", { hasText: text });
      const point = async () => {
        await this.#page.mouse.move(0, 0);
        await link.hover();
      };
      await insist(point, () => active.click({ timeout: 4_000 }));
    } finally {
      await keyboard.up("Control");
    }
  }

  #editor(): Locator {
    return this.#page.locator(".part.panel .output-view .monaco-editor, .part.panel .monaco-editor").first();
  }

  /** The drawn lines, from top to bottom. */
  async #read(): Promise<string[]> {
    const editor = this.#editor();
    if ((await editor.count()) === 0) return [];
    return editor.evaluate((one) =>
      [...one.querySelectorAll(".view-lines > .view-line")]
        .map((line) => ({ top: line.getBoundingClientRect().top, text: line.textContent ?? "" }))
        .sort((a, b) => a.top - b.top)
        .map(({ text }) => text.replaceAll("\u00a0", " ")),
    );
  }
}
