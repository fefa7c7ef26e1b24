/** Longer texts are not looked through: nobody types them at a prompt. */
const longest = 20_000;

const opens = new Set(["if", "case", "do", "{"]);
const closes = new Set(["fi", "esac", "done", "}"]);
const beforeCommand = new Set(["then", "else", "elif", "do", "{", "!", "time", "if", "while", "until"]);

const tokens =
  /(?:[ \t\r]+|#[^\n]*|<<<|<<-?[ \t]*(?:\\?[\w.-]+|"[^"\n]*"|'[^'\n]*')|\|\||&&|\||[;&()]|(?:\\[\s\S]|'[^']*'|"(?:[^"\\]|\\[\s\S])*"|[^\s;&|()<>'"\\#]|#(?<=\S#))+|[<>]+)/y;

/** Whether bash would ask for another line behind this text: an open quote, loop, here-document, or a trailing `\`, `|`, `&&`. */
export function isIncomplete(text: string): boolean {
  if (text.length > longest) return false;
  const heredocs: { delimiter: string; tabs: boolean }[] = [];
  let depth = 0;
  let atCommand = true;
  let trailing = false;
  const token = new RegExp(tokens);
  for (let at = 0; at < text.length; ) {
    const char = text.charAt(at);
    if (char === "\n") {
      at++;
      atCommand = true;
      while (heredocs.length > 0) {
        const { delimiter, tabs } = heredocs.shift() ?? { delimiter: "", tabs: false };
        const end = heredocEnd(text, at, delimiter, tabs);
        if (end < 0) return true;
        at = end;
      }
      continue;
    }
    token.lastIndex = at;
    const word = token.exec(text)?.[0];
    if (word === undefined) return true;
    at += word.length;
    if (/^[ \t\r]/.test(word) || word.startsWith("#")) continue;
    const heredoc = /^<<(-?)[ \t]*\\?["']?([^"'\n]*)/.exec(word);
    if (heredoc && word !== "<<<") heredocs.push({ delimiter: heredoc[2] ?? "", tabs: heredoc[1] === "-" });
    trailing = word === "|" || word === "||" || word === "&&";
    if (word === "(") depth++;
    else if (word === ")") depth = Math.max(0, depth - 1);
    else if (atCommand && opens.has(word)) depth++;
    else if (atCommand && closes.has(word)) depth = Math.max(0, depth - 1);
    atCommand = /^[;&|(]/.test(word) || word === ")" || (atCommand && beforeCommand.has(word));
  }
  return depth > 0 || trailing || heredocs.length > 0 || /(^|[^\\])(\\\\)*\\$/.test(text);
}

/** The offset of the line behind a here-document's end, or -1 where it does not end. */
function heredocEnd(text: string, start: number, delimiter: string, tabs: boolean): number {
  for (let at = start; at <= text.length; ) {
    const newline = text.indexOf("\n", at);
    const line = text.slice(at, newline < 0 ? text.length : newline);
    if ((tabs ? line.replace(/^\t+/, "") : line) === delimiter) return newline < 0 ? text.length : newline;
    if (newline < 0) return -1;
    at = newline + 1;
  }
  return -1;
}
