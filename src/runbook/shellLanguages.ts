const shellLanguages = new Set(["bash", "sh", "shell", "zsh", "console", "shell-session"]);

/**
 * The language a fence names, in lower case: the first word of its info string, without attributes written directly
 * behind it (`bash{1,3}`, `sh,ignore`). Pandoc's `{.bash .numberLines}` names its first class. Empty when none is named.
 */
export function fenceLanguage(info: string): string {
  const trimmed = info.trim();
  const pandocClass = trimmed.startsWith("{") ? (trimmed.slice(1).split(/[\s}]/).find(startsWithDot) ?? "") : undefined;
  const word = pandocClass === undefined ? trimmed.split(/[\s{,]/, 1)[0] : pandocClass.slice(1);
  return (word ?? "").toLowerCase();
}

/** Whether blocks of this language (as `fenceLanguage` gives it) are shell blocks. */
export function isShellLanguage(language: string): boolean {
  return shellLanguages.has(language);
}

function startsWithDot(word: string): boolean {
  return word.startsWith(".");
}
