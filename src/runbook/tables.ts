/** A row of a table, its cells as Markdown. */
export interface TableRow {
  /** Lines below the first line of the prose it was found in. */
  readonly line: number;
  readonly cells: readonly string[];
}

/** A table with a header, as GitHub and VS Code show it; to CommonMark it is a paragraph. */
export interface Table {
  readonly header: TableRow;
  readonly rows: readonly TableRow[];
}

const delimiterRow = /^[ \t]*(?:\|[ \t]*)?:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*(?:\|[ \t]*)?$/;

/** The table in a paragraph, or null. Lines above its header are not part of it. */
export function readTable(content: string): Table | null {
  if (!content.includes("|") || !content.includes("-")) return null;
  const lines = content.split("\n");
  const delimiter = lines.findIndex((line, index) => index > 0 && line.includes("|") && delimiterRow.test(line));
  const header = lines[delimiter - 1];
  if (delimiter < 1 || !header?.includes("|")) return null;
  const rows = lines.slice(delimiter + 1).map((line, index) => ({ line: delimiter + 1 + index, cells: cellsOf(line) }));
  return { header: { line: delimiter - 1, cells: cellsOf(header) }, rows };
}

/** Cells of a row. A `|` behind a backslash belongs to its cell. */
function cellsOf(row: string): string[] {
  const cells: string[] = [];
  let cell = "";
  for (let index = 0; index < row.length; index++) {
    const char = row[index] ?? "";
    if (char === "\\" && row[index + 1] === "|") {
      cell += "|";
      index++;
    } else if (char === "|") {
      cells.push(cell.trim());
      cell = "";
    } else cell += char;
  }
  cells.push(cell.trim());
  if (cells[0] === "") cells.shift();
  if (cells.at(-1) === "") cells.pop();
  return cells;
}
