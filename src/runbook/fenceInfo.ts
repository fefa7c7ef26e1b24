const pair =
  /(?:^|[\s,;{(#])["']?([\p{L}_][\p{L}\p{N}_.-]*)["']?\s*(?:=|:(?!\/\/))\s*(?:"([^"]*)"|'([^']*)'|([^\s,;{}"']+))/gu;
const none: Readonly<Record<string, string>> = Object.freeze({});

/**
 * The attributes in a fence's info string, names in lower case: `bash timeout=5m`, `bash {timeout=5m title="Look around"}`,
 * `bash # timeout: 5m`, `{.bash timeout=5m}`, `json {"timeout": "5m"}`. The first of two with the same name counts.
 */
export function fenceAttributes(info: string): Readonly<Record<string, string>> {
  if (!/[=:]/.test(info)) return none;
  const trimmed = info.trim();
  const rest = trimmed.startsWith("{") ? trimmed : trimmed.replace(/^[^\s{,]+/, "");
  const attributes = new Map<string, string>();
  for (const match of rest.matchAll(pair)) {
    const name = (match[1] ?? "").toLowerCase();
    if (!attributes.has(name)) attributes.set(name, match[2] ?? match[3] ?? match[4] ?? "");
  }
  return attributes.size > 0 ? Object.fromEntries(attributes) : none;
}
