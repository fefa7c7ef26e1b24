import { strict as assert } from "node:assert";
import { type CodeLens, commands, extensions, type TextDocument, type TextEditor, window, workspace } from "vscode";

/** A block's lenses: the zero-based line they stand over and their titles without icons. */
export interface BlockLens {
  readonly line: number;
  readonly titles: readonly string[];
  readonly lenses: readonly CodeLens[];
}

/** Lenses over the document's first line and over single commands; these tests are about those over whole blocks. */
const notOfBlocks = new Set(["podbook.chooseTarget", "podbook.runCommand"]);

/** Shows a new Markdown document with this text, with the extension active. */
export async function showMarkdown(text: string): Promise<TextEditor> {
  await extensions.getExtension("podbook.podbook")?.activate();
  const document = await workspace.openTextDocument({ language: "markdown", content: text });
  return window.showTextDocument(document);
}

/** Podbook's lenses in the document, from top to bottom; over one line VS Code gives those first that need no resolving. */
export async function blockLenses(document: TextDocument): Promise<BlockLens[]> {
  const all = await commands.executeCommand<CodeLens[]>("vscode.executeCodeLensProvider", document.uri, 1000);
  const own = all.filter(
    (lens) => lens.command?.command.startsWith("podbook.") && !notOfBlocks.has(lens.command.command),
  );
  const byLine = new Map<number, CodeLens[]>();
  for (const lens of own) {
    const line = lens.range.start.line;
    byLine.set(line, [...(byLine.get(line) ?? []), lens]);
  }
  return [...byLine]
    .sort(([a], [b]) => a - b)
    .map(([line, lenses]) => ({ line, lenses, titles: lenses.map((lens) => plain(lens.command?.title ?? "")) }));
}

/** Clicks the part of the lens over this line that has this title. Does not await the end of what it starts. */
export async function clickLens(document: TextDocument, line: number, title: string): Promise<void> {
  const block = (await blockLenses(document)).find((one) => one.line === line);
  const command = block?.lenses[block.titles.indexOf(title)]?.command;
  assert.ok(command, `a lens "${title}" over line ${line}, not ${JSON.stringify(block?.titles)}`);
  void commands.executeCommand(command.command, ...(command.arguments ?? []));
}

/** Resolves with the titles over a line once one of them matches. */
export async function titlesMatching(
  document: TextDocument,
  line: number,
  pattern: RegExp,
): Promise<readonly string[]> {
  const deadline = Date.now() + 15_000;
  for (;;) {
    const titles = (await blockLenses(document)).find((one) => one.line === line)?.titles ?? [];
    if (titles.some((title) => pattern.test(title))) return titles;
    assert.ok(Date.now() < deadline, `no lens ${pattern} over line ${line}, only ${JSON.stringify(titles)}`);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

function plain(title: string): string {
  return title.replace(/\$\([^)]*\)/g, "").trim();
}
