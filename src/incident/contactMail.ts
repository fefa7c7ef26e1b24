/** Mail programs and systems cut or refuse longer addresses, in characters. */
const longestUrl = 1800;
const mostSubject = 120;

/** What a mail begins with. */
export interface MailText {
  readonly subject: string;
  readonly body: string;
}

/**
 * Whether a text is a mail address, and nothing that could be more in the URL of a mail: no quotes, no percent sign, no
 * question mark. Rarer addresses are refused.
 */
export function isPlainAddress(text: string): boolean {
  return (
    text.length <= 254 &&
    /^[A-Za-z0-9](?:[A-Za-z0-9._+-]{0,62}[A-Za-z0-9])?@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,8}$/.test(text)
  );
}

/** Whether a text is the address of a web page. */
export function isWebPage(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, username, password } = new URL(text);
  return (protocol === "https:" || protocol === "http:") && username === "" && password === "";
}

/**
 * A `mailto:` URL with subject and body, which are data: nothing in them can become a header. A body that is too long is cut.
 * Null where the address is none.
 */
export function mailUrl(address: string, { subject, body }: MailText): string | null {
  if (!isPlainAddress(address)) return null;
  const head = `mailto:${address}?subject=${encoded(subject.slice(0, mostSubject).replaceAll(/[\p{C}\s]+/gu, " "), longestUrl)}&body=`;
  const text = body
    .slice(0, longestUrl)
    .replaceAll(/\r\n?|\n/g, "\r\n")
    .replaceAll(/[^\P{C}\r\n\t]/gu, "");
  return head + encoded(text, longestUrl - head.length);
}

/** As much of a text as fits into so many characters of a URL. */
function encoded(text: string, most: number): string {
  let url = "";
  for (const sign of text.toWellFormed()) {
    const part = encodeURIComponent(sign);
    if (url.length + part.length > most) break;
    url += part;
  }
  return url;
}
