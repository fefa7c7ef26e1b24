import type { Locator, Page } from "playwright-core";

/** Notifications and modal dialogs of a VS Code window. */
export class Messages {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  /** The notification that contains this text. */
  notification(text: string | RegExp): Locator {
    return this.#page.locator(".notifications-toasts .notification-list-item", { hasText: text });
  }

  /** The modal dialog that is open. */
  dialog(): Locator {
    return this.#page.locator(".monaco-dialog-box");
  }

  /** Resolves with the whole text of the modal dialog once one is open. */
  async dialogText(): Promise<string> {
    await this.dialog().waitFor();
    return (await this.dialog().allInnerTexts()).join("\n").replaceAll("\u00a0", " ");
  }

  /** Clicks a button of the modal dialog and resolves when the dialog is gone. */
  async press(button: string): Promise<void> {
    await this.dialog().locator(".monaco-button", { hasText: button }).first().click();
    await this.dialog().waitFor({ state: "hidden" });
  }
}
