import type { Locator, Page } from "playwright-core";
import { insist } from "../run/until.ts";
import { Lenses } from "./lenses.ts";
import { Messages } from "./messages.ts";
import { OutputPanel } from "./outputPanel.ts";
import { PodsView } from "./podsView.ts";

/** What a person sees and does in a VS Code window, for tests. */
export class Workbench {
  readonly page: Page;
  readonly lenses: Lenses;
  readonly messages: Messages;
  readonly output: OutputPanel;
  readonly pods: PodsView;

  constructor(page: Page) {
    this.page = page;
    this.lenses = new Lenses(page, (line) => this.goToLine(line));
    this.messages = new Messages(page);
    this.output = new OutputPanel(page);
    this.pods = new PodsView(page);
  }

  /** Runs a command by its title through the command palette. */
  async run(title: string): Promise<void> {
    await this.#ask("F1", `>${title}`);
    await this.pick(title);
  }

  /** Opens a file of the workspace by its relative path, or shows it by its tab. */
  async openFile(path: string): Promise<void> {
    const name = path.split("/").at(-1) ?? path;
    const tab = this.editor(name);
    // An editor such as that of the workspace trust lies over the tabs.
    const covered = await this.page.locator(".monaco-modal-editor-block").isVisible();
    if (!covered && (await tab.count()) > 0) {
      await tab.first().click();
      return;
    }
    await this.#ask("Control+P", path);
    await this.pick(name);
    await this.editor(name).waitFor();
  }

  /** Opens a file as `openFile` does, and no other. */
  async openAlone(path: string): Promise<void> {
    await this.run("View: Close All Editors");
    await this.openFile(path);
  }

  /** Chooses the entry with this label in the quick pick that is open. */
  async pick(label: string): Promise<void> {
    const rows = this.page.locator(".quick-input-list .monaco-list-row .label-name");
    await rows
      .filter({ hasText: exactly(label) })
      .first()
      .click();
  }

  /** Opens the menu of a right click and chooses the item with this label; `onOpen` sees the menu before. */
  async chooseFromMenu(place: Locator, label: string, onOpen?: () => Promise<void>): Promise<void> {
    await place.click({ button: "right" });
    const item = this.page.locator(".monaco-menu .action-label", { hasText: exactly(label) });
    await item.waitFor();
    await onOpen?.();
    // A menu takes no click in its first moments, so that what opened it chooses nothing, and does not show that it ignored one.
    const choose = async () => {
      if (await item.isVisible()) await item.click({ timeout: 2_000 });
    };
    await insist(choose, () => item.waitFor({ state: "hidden", timeout: 2_000 }));
  }

  /** Types into the input box that opens after a pick, and accepts it. */
  async answer(text: string): Promise<void> {
    await this.page.locator(".quick-input-widget:visible:not(:has(.quick-input-list:visible))").waitFor();
    await this.quickInput().fill(text);
    await this.quickInput().press("Enter");
  }

  /** Chooses a folder in the dialog that is open. */
  async chooseFolder(path: string): Promise<void> {
    // It begins with the folder that is open, and writes that over whatever was typed before.
    await this.page.locator(".quick-input-list .monaco-list-row").first().waitFor();
    const fill = () => this.quickInput().fill(path);
    await insist(fill, () => this.#stays(path));
    const accept = this.page.locator(".quick-input-widget:visible .monaco-button", { hasText: "Use This Folder" });
    // The dialog takes no click while it still reads the folder, and does not show that it ignored one.
    const press = () => accept.click();
    await insist(press, () => accept.waitFor({ state: "hidden", timeout: 2_000 }));
  }

  /** Resolves where the quick input still holds this text when what was typed has been taken up. */
  async #stays(text: string): Promise<void> {
    const reading = this.page.locator(".quick-input-widget:visible .quick-input-progress.active");
    await reading.waitFor({ state: "hidden", timeout: 5_000 });
    const held = await this.quickInput().inputValue();
    if (held !== text) throw new Error(`The quick input holds ${held} instead of ${text}`);
  }

  /** Presses the key of a quick input and fills it; once more when a workbench that is still starting lost the key. */
  async #ask(key: string, text: string): Promise<void> {
    const press = () => this.page.keyboard.press(key);
    await insist(press, () => this.quickInput().fill(text, { timeout: 2_000 }));
  }

  /** The input of the palette, of a pick or of an input box. */
  quickInput(): Locator {
    return this.page.locator(".quick-input-widget:visible .quick-input-box input");
  }

  /** The tab of an open file. */
  editor(name: string): Locator {
    return this.page.locator(".part.editor .tab", { hasText: name });
  }

  /** Puts the cursor into a one-based line of the active editor, in the middle of the window. */
  async goToLine(line: number): Promise<void> {
    // By a key: where the mouse would click, a hover can lie over the editor.
    await this.page.keyboard.press("Control+1");
    // It takes a while: what is typed before goes elsewhere.
    await this.page.locator(".part.editor .monaco-editor.focused").first().waitFor();
    await this.#ask("Control+G", `:${line}`);
    // Enter does nothing before the line is understood.
    await this.page.locator(".quick-input-list .monaco-list-row", { hasText: `go to line ${line} ` }).waitFor();
    // Into the input, not into what has the focus: an editor that has just been opened may take it.
    await this.quickInput().press("Enter");
    await this.quickInput().waitFor({ state: "hidden" });
  }

  /** Resolves when the cursor stands on a line, counted from 1. */
  async cursorAt(line: number): Promise<void> {
    await this.page.locator(".statusbar-item", { hasText: `Ln ${line}, Col` }).waitFor();
  }
}

function exactly(text: string): RegExp {
  return new RegExp(`^\\s*${text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}\\s*$`);
}
