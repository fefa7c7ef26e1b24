import type { Locator, Page } from "playwright-core";
import { insist, seen } from "../run/until.ts";

/** One CodeLens line of the active editor, as seen on the screen. */
export interface SeenLens {
  /** The lens's parts in order, such as `Run`, `✓ 0 · 1.3 s`. */
  readonly titles: readonly string[];
  /** The text of the editor line below it. */
  readonly below: string;
  /** The one-based number of that line. */
  readonly line: number;
}

const decoration = ".codelens-decoration[monaco-visible-content-widget=true]";

/** The CodeLenses of the active editor. */
export class Lenses {
  readonly #page: Page;
  readonly #goToLine: (line: number) => Promise<void>;
  /** The highest number of a run that was seen in the output. */
  #lastRun = 0;

  constructor(page: Page, goToLine: (line: number) => Promise<void>) {
    this.#page = page;
    this.#goToLine = goToLine;
  }

  /** The lenses in the visible part of the editor, from top to bottom. */
  seen(): Promise<SeenLens[]> {
    return this.#read();
  }

  /** Resolves with the visible lenses as soon as the condition holds for them. */
  async waitFor(condition: (lenses: SeenLens[]) => boolean, what: string, timeout = 60_000): Promise<SeenLens[]> {
    let lenses: SeenLens[] = [];
    const look = async () => {
      lenses = await this.seen();
      return condition(lenses) ? lenses : undefined;
    };
    return seen(look, () => `${what}; lenses: ${JSON.stringify(lenses)}`, timeout);
  }

  /** Resolves with the lens over a one-based line once it satisfies the condition. */
  async at(line: number, condition: (lens: SeenLens) => boolean, what: string, timeout = 60_000): Promise<SeenLens> {
    const matches = (lens: SeenLens) => lens.line === line && condition(lens);
    const lenses = await this.waitFor((all) => all.some(matches), `lens over line ${line} with ${what}`, timeout);
    return lenses.find(matches) as SeenLens;
  }

  /**
   * Scrolls to the one-based line of a fence and clicks the part of its lens that has this title. A click after which nothing
   * at all happens went astray, as it does where VS Code draws the lens anew between press and release, and is repeated.
   * Resolves, once something has happened, with the time of the click that did it, as `performance.now()` gives it.
   * A caller that knows what has to come on the screen gives it, and then nothing else is taken for it.
   */
  async click(line: number, title: string, what?: Locator): Promise<number> {
    await this.#goToLine(line);
    await this.at(line, (lens) => lens.titles.includes(title), `"${title}"`);
    let before: Happenings;
    let clickedAt = 0;
    const click = async () => {
      if (clickedAt && (await what?.isVisible())) return;
      const id = await this.#settledId(line, title);
      before = await this.#happenings(line);
      clickedAt = performance.now();
      await this.#page.locator(`.part.editor .codelens-decoration > a[id="${id}"]`).click({ timeout: 2_000 });
    };
    const something = () => {
      if (what) return what.waitFor({ timeout: 15_000 });
      let [sameAt, thereAt] = [Date.now(), Date.now()];
      const look = async () => {
        const now = await this.#happenings(line);
        if (now.lens !== "") thereAt = Date.now();
        if (now.lens === "" || now.lens === before.lens) sameAt = Date.now();
        // A lens that stays another is another, and one that stays away is gone, as that of a step when the step is taken;
        // for moments it is both while it is drawn anew. That of a run changes in other ways, and may be drawn anew for others.
        const stays = title !== "Run" && (Date.now() - sameAt > 400 || Date.now() - thereAt > 4_000);
        return stays || hasHappened(before, now) ? true : undefined;
      };
      return seen(look, () => `anything after a click on "${title}" over line ${line}`, 6_000);
    };
    await insist(click, something);
    return clickedAt;
  }

  /** What a click on a lens changes on the screen: the lens, the newest run in the output, the views that are open, what asks. */
  async #happenings(line: number): Promise<Happenings> {
    const lens = (await this.#read()).find((one) => one.line === line);
    // Of a notification its message alone: its buttons come and go.
    const message = ".notification-list-item-message";
    const asking = this.#page.locator(`.monaco-dialog-box, .quick-input-widget:visible, ${message}`);
    const output = (await this.#page.locator(".part.panel .view-lines").allInnerTexts()).join("\n");
    // By their heads: what is written late of an earlier run's end is no new one.
    this.#lastRun = Math.max(this.#lastRun, ...(output.match(/(?<=▶\s\S+\s#)\d+/g) ?? []).map(Number));
    // Their names alone: a count of problems beside one may come at any time.
    const names = ".part.editor .tab.active .label-name, .part.panel .action-item.checked, .pane-header:visible .title";
    const open = this.#page.locator(names);
    return {
      lens: lens?.titles[0] ?? "",
      result: lens?.titles.find((title) => /^[✓✗■]/.test(title)) ?? "",
      run: this.#lastRun,
      open: (await open.allInnerTexts()).join(),
      asking: await asking.allInnerTexts(),
    };
  }

  /** What the browser shows while the mouse rests on a part of the lens over a one-based line, once it holds the pattern. */
  async tooltip(line: number, title: string, pattern: RegExp, timeout = 30_000): Promise<string> {
    await this.#goToLine(line);
    let shown = "";
    const look = async () => {
      const lens = (await this.#read()).find((one) => one.line === line);
      shown = lens?.tooltips[lens.titles.indexOf(title)] ?? "";
      return pattern.test(shown) ? shown : undefined;
    };
    return seen(look, () => `a tooltip like ${pattern} on "${title}" over line ${line}; it was: ${shown}`, timeout);
  }

  /** VS Code draws lenses anew, with new ids, shortly after they come into view; a click in between goes astray. */
  async #settledId(line: number, title: string): Promise<string> {
    let before = "";
    let since = Date.now();
    const look = async () => {
      const lens = (await this.#read()).find((one) => one.line === line);
      const id = lens?.ids[lens.titles.indexOf(title)] ?? "";
      if (id !== before) since = Date.now();
      before = id;
      return id && Date.now() - since > 400 ? id : undefined;
    };
    return seen(look, () => `the lens "${title}" over line ${line} at rest`, 30_000);
  }

  async #read(): Promise<DrawnLens[]> {
    const editor = this.#page.locator(".part.editor .editor-instance").first();
    if ((await editor.count()) === 0) return [];
    return editor.evaluate(readLenses, decoration);
  }
}

/** What stands on the screen of all that a click on a lens can change. */
interface Happenings {
  /** Whether the block can be run or stopped. */
  readonly lens: string;
  /** Of its last run. */
  readonly result: string;
  /** The highest number of a run so far. */
  readonly run: number;
  readonly open: string;
  readonly asking: readonly string[];
}

/**
 * Whether something has come that was not there before: what goes tells nothing, as a message does after a while, and a lens
 * for the moment in which it is drawn anew.
 */
function hasHappened(before: Happenings, now: Happenings): boolean {
  const asked = now.asking.some((text) => !before.asking.includes(text));
  const runs = now.lens === "Stop" && before.lens !== "Stop";
  const ended = now.result !== "" && now.result !== before.result;
  return runs || ended || now.open !== before.open || asked || now.run > before.run;
}

interface DrawnLens extends SeenLens {
  /** The element id of each title; empty where the title cannot be clicked. */
  readonly ids: readonly string[];
  /** The tooltip of each title. */
  readonly tooltips: readonly string[];
}

/** Runs in the page: pairs each lens with the editor line and the line number drawn next below it. */
// biome-ignore lint/suspicious/noExplicitAny: a DOM element; the DOM's types are not part of this project
function readLenses(editor: any, selector: string): DrawnLens[] {
  const plain = (node: { textContent: string | null }) => (node.textContent ?? "").replaceAll("\u00a0", " ");
  const drawn = (query: string) =>
    [...editor.querySelectorAll(query)]
      .map((element) => ({ element, box: element.getBoundingClientRect() }))
      .filter(({ box }) => box.height > 0)
      .sort((a, b) => a.box.top - b.box.top);
  const lines = drawn(".view-lines > .view-line");
  const numbers = drawn(".margin-view-overlays .line-numbers");
  return drawn(selector).map(({ element, box }) => {
    const isBelow = (other: { box: { top: number } }) => other.box.top >= box.top + box.height / 2;
    const parts = [...element.children].filter((child) => !/^\|?$/.test(plain(child).trim()));
    return {
      ids: parts.map((part) => part.id),
      titles: parts.map((part) => plain(part).trim()),
      tooltips: parts.map((part) => part.getAttribute("title") ?? ""),
      below: plain(lines.find(isBelow)?.element ?? { textContent: "" }),
      line: Number(plain(numbers.find(isBelow)?.element ?? { textContent: "0" })),
    };
  });
}
