/**
 * A server's address as a setting gives it; null where it is none: only http and https, and no credentials within, which
 * settings would show. The path ends with a slash, as below it the server's own paths begin.
 */
export function baseUrl(text: string): URL | null {
  const url = URL.canParse(text.trim()) ? new URL(text.trim()) : null;
  if (!url || !["http:", "https:"].includes(url.protocol) || url.username !== "" || url.password !== "") return null;
  url.search = "";
  url.hash = "";
  url.pathname = url.pathname.replace(/\/*$/, "/");
  return url;
}

/** Whether what is sent to a server can be read on the way. */
export function isUnprotected({ protocol, hostname }: URL): boolean {
  return protocol === "http:" && !/^(?:localhost|127(?:\.\d+){3}|\[::1\])$/.test(hostname);
}
