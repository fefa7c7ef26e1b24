const plainWord = /^[A-Za-z0-9_@%+=:,./-]+$/;

/** The text as one bash word that expands to itself. Words that need no quotes stay readable. */
export function quoteWord(text: string): string {
  return plainWord.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
