import type { Found, Span } from "./maskingStream.ts";

/** A way in which secrets are written: what stands before the value, and the value. */
interface Shape {
  /** Quick to look for; without it there is none of this shape. */
  readonly near: RegExp;
  /** Its first group is what stands before the value, its second the value, which goes on as long as it could. */
  readonly pattern: RegExp;
  readonly isSecret?: (value: string, next: string) => boolean;
}

/** What is longer is no password, token or key. */
const longestValue = 64 * 1024;

// No \s: in bytes read as latin1, 0xa0 is a part of many letters.
const bare = String.raw`(?:[^ \t\r\n"'\`\\;&|)]|\\(?!["'])|[;&|)](?![ \t\r\n]))+`;
const word = String.raw`(?:"(?:[^"\\\r\n]|\\(?:.|$))*"?|'[^'\r\n]*'?|${bare})`;
const secretName = "(?:passw(?:or)?d|token|secret)";
const keyName = String.raw`[\w.-]*(?:passw(?:or)?d|token|secret[_-]?access[_-]?key|client[_-]?secret|client-key-data|client-certificate-data)`;
const schemes = "(?:Basic|Bearer|Token|Negotiate|ApiKey|Digest)";

const shapes: readonly Shape[] = [
  {
    near: /earer/i,
    pattern: /(\bBearer[ \t]+)([\w.~+/=-]+)/gi,
    // "Bearer authentication" and "bearer token" are words.
    isSecret: (value) => value.length >= 6 && (value.length > 20 || !/^[A-Z]?[a-z]+[.]?$/.test(value)),
  },
  {
    near: /uthorization/i,
    pattern: new RegExp(
      String.raw`(authorization\\?["']?[ \t]*[:=][ \t]*\\?["']?${schemes}[ \t]+)([^ \t\r\n"'\\]+)`,
      "gi",
    ),
  },
  {
    near: /--/,
    pattern: new RegExp(
      String.raw`(--(?:[a-z0-9]+[_-])*${secretName}(?:=|[ \t]+))(?!string(?:\t| {2}| ?$))(${word})`,
      "gi",
    ),
    isSecret: (value) => !value.startsWith("-"),
  },
  { near: /--from-literal/, pattern: new RegExp(String.raw`(--from-literal[= ][\w.-]+=)(${word})`, "g") },
  { near: /--from-literal/, pattern: /(--from-literal[= ]["'][\w.-]+=)([^"'\r\n]*)/g },
  {
    near: /=/,
    pattern: new RegExp(`((?:${secretName}|_PWD|REDISCLI_AUTH|SECRET_ACCESS_KEY)=)(${word})`, "gi"),
    isSecret: (value) => !value.startsWith("="),
  },
  {
    // A line of YAML, as `kubectl config view --raw` prints it.
    near: /:/,
    pattern: new RegExp(String.raw`(\n[ \t]*(?:- )?["']?${keyName}["']?:[ \t]+)([^ \t\r\n][^\r\n]*)`, "gi"),
    isSecret: (value) => !/^[|>][-+\d]*$/.test(value),
  },
  {
    near: /":/,
    pattern: new RegExp(String.raw`("${keyName}"[ \t]*:[ \t]*")((?:[^"\\\r\n]|\\(?:.|$))*)`, "gi"),
  },
  {
    // JSON within a string of JSON.
    near: /\\":/,
    pattern: new RegExp(String.raw`(\\"${keyName}\\"[ \t]*:[ \t]*\\")((?:\\\\\\"|[^"\\\r\n]|\\(?!"))*)`, "gi"),
  },
  {
    near: /:\/\//,
    pattern: /(:\/\/[^ \t\r\n:@/?#"'<>]*:)([^ \t\r\n@/"'<>]+)/g,
    isSecret: (_, next) => next === "@",
  },
  {
    near: /eyJ/,
    pattern: /()(eyJ[\w-]*(?:\.[\w-]*){0,2})/g,
    isSecret: (value) => /^eyJ[\w-]{6,}\.[\w-]{6,}\.[\w-]*$/.test(value),
  },
  {
    near: /PRIVATE KEY-----/,
    pattern: /(-----BEGIN [A-Z0-9 ]*PRIVATE KEY-----)((?:[^-]|-(?!----))+)/g,
  },
];

/** What a value looks like that somebody will put in or has put in elsewhere: `$TOKEN`, `<token>`, `{{ token }}`. */
const noValue = /^["']?(?:\$[A-Za-z_{(].*|<.*|\[.*|\{.*|\*+|true|false|null|nil|none|)["']?$/is;

/** Whether any shape could be in the text, here and in the objects of Kubernetes: quick searches, one after the other. */
export function mayHoldSecrets(text: string): boolean {
  return (
    /[eE](?:yJ|arer|cret|CRET)|[oO](?:ken|KEN)|[sS](?:swo|SWO)|[sS]s(?:wd|WD)/.test(text) ||
    /ata[":\\]/.test(text) ||
    ["://", "_PWD", "CLI_AUTH", "uthorization", "UTHORIZATION", "PRIVATE KEY"].some((word) => text.includes(word))
  );
}

/** Finds secrets by the way they are written. */
export function findShapes(text: string, done: number, final: boolean): Found {
  const spans: Span[] = [];
  let hold = text.length;
  for (const { near, pattern, isSecret } of shapes) {
    if (!near.test(text)) continue;
    for (const { index, 1: before = "", 2: value = "" } of text.matchAll(pattern)) {
      const start = index + before.length;
      const end = start + value.length;
      if (end <= done || value.length > longestValue) continue;
      if (end === text.length && !final) hold = Math.min(hold, Math.max(start, done));
      else if (!noValue.test(value) && (isSecret?.(value, text[end] ?? "") ?? true))
        spans.push(unquoted(text, start, end));
    }
  }
  return { spans, hold };
}

/** The quotes around a value stay. */
function unquoted(text: string, start: number, end: number): Span {
  const quote = text[start];
  const isQuoted = (quote === '"' || quote === "'") && end - start > 1;
  return isQuoted ? { start: start + 1, end: text[end - 1] === quote ? end - 1 : end } : { start, end };
}
