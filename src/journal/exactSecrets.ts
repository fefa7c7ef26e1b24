import { heldFrom, mask, mergeSpans, type Span } from "./maskingStream.ts";

/** A long secret is looked for piece by piece, so that no more than a piece of output is ever held back. */
const pieceLength = 1024;
const longestStart = 16;
/** Shorter ones are ordinary words, and masking them would make the output unreadable. */
const shortestSecret = 6;
/** The lines of a secret that has several, as a private key has them, are looked for one by one from this length on. */
const shortestLine = 16;

/**
 * Masks a list of secrets in bytes that come in parts, in every form in which they are printed. The search skips over
 * what cannot be a secret by a table of byte pairs (Wu and Manber, "A fast algorithm for multi-pattern searching", 1994).
 */
export class ExactSecrets {
  readonly #bySecond = new Map<number, Buffer[]>();
  readonly #firsts = new Map<number, Buffer[]>();
  /** How far to go on when two bytes stand at the end of the window; zero: a secret may begin there. */
  readonly #skips: Uint8Array;
  readonly #window: number;
  readonly #longest: number;
  #held: Buffer = Buffer.alloc(0);

  /** Secrets of fewer than 6 characters are left to the rules for shapes. */
  constructor(secrets: readonly string[]) {
    const needles = secretForms(secrets);
    this.#longest = Math.max(0, ...needles.map(({ length }) => length));
    this.#window = Math.min(longestStart, ...needles.map(({ length }) => length));
    this.#skips = new Uint8Array(needles.length > 0 ? 0x10000 : 0).fill(this.#window - 1);
    for (const needle of needles) {
      for (let at = 1; at < this.#window; at++) {
        const pair = pairAt(needle, at);
        this.#skips[pair] = Math.min(this.#skips[pair] ?? 0, this.#window - 1 - at);
      }
      group(this.#bySecond, pairAt(needle, this.#window - 1), needle);
      group(this.#firsts, needle[0] ?? 0, needle);
    }
  }

  /** Gives the bytes themselves where nothing is masked or held back. `final`: nothing more comes. */
  write(chunk: Buffer, final: boolean): Buffer {
    if (this.#skips.length === 0) return chunk;
    const bytes = this.#held.length > 0 ? Buffer.concat([this.#held, chunk]) : chunk;
    const secrets = mergeSpans(this.#find(bytes));
    const until = final ? bytes.length : heldFrom(secrets, this.#unfinishedFrom(bytes));
    this.#held = bytes.subarray(until);
    return masked(bytes, until, secrets);
  }

  #find(bytes: Buffer): Span[] {
    const skips = this.#skips;
    const window = this.#window;
    const spans: Span[] = [];
    const end = bytes.length;
    let at = window - 1;
    while (at < end) {
      const pair = pairAt(bytes, at);
      const skip = skips[pair] ?? 1;
      if (skip > 0) {
        at += skip;
        continue;
      }
      const start = at - window + 1;
      for (const needle of this.#bySecond.get(pair) ?? []) {
        if (startsAt(bytes, start, needle, needle.length)) spans.push({ start, end: start + needle.length });
      }
      at++;
    }
    return spans;
  }

  /** Where the bytes may end with the beginning of a secret. */
  #unfinishedFrom(bytes: Buffer): number {
    for (let start = Math.max(0, bytes.length - this.#longest + 1); start < bytes.length; start++) {
      const left = bytes.length - start;
      const candidates = this.#firsts.get(bytes[start] ?? 0) ?? [];
      if (candidates.some((needle) => needle.length > left && startsAt(bytes, start, needle, left))) return start;
    }
    return bytes.length;
  }
}

/** Every form of every secret, each once. */
function secretForms(secrets: readonly string[]): Buffer[] {
  const forms = secrets.flatMap((secret) => [secret, secret.trim(), ...longLines(secret)]).flatMap(formsOf);
  const pieces = forms.map((form) => Buffer.from(form)).flatMap(piecesOf);
  const unique = new Map(pieces.map((piece) => [piece.toString("latin1"), piece]));
  return [...unique.values()].filter(({ length }) => length >= shortestSecret);
}

function longLines(secret: string): string[] {
  const lines = secret.split(/\r?\n/);
  return lines.length > 1 ? lines.filter((line) => line.length >= shortestLine && !line.startsWith("-----")) : [];
}

/** A secret as it is, in base64, out of base64 where it is text in base64, and as JSON and a URL write it. */
function formsOf(secret: string): string[] {
  if (secret.length < shortestSecret) return [];
  const bytes = Buffer.from(secret);
  const decoded = Buffer.from(secret, "base64");
  const isBase64 = secret.length >= 12 && decoded.toString("base64") === secret;
  const text = decoded.toString();
  const isText = isBase64 && Buffer.from(text).equals(decoded) && /^[\t\r\n -~\u00a0-\uffff]*$/.test(text);
  const json = JSON.stringify(secret).slice(1, -1);
  return [
    secret,
    bytes.toString("base64").replace(/=+$/, ""),
    bytes.toString("base64url"),
    json,
    // Go writes these three in its own way.
    json.replaceAll(/[<>&]/g, (sign) => `\\u00${sign.charCodeAt(0).toString(16)}`),
    encodeURIComponent(secret.toWellFormed()),
    ...(isText ? [text, text.trim(), ...longLines(text)] : []),
  ];
}

function piecesOf(form: Buffer): Buffer[] {
  const count = Math.ceil(form.length / pieceLength);
  return Array.from({ length: count }, (_, index) => form.subarray(index * pieceLength, (index + 1) * pieceLength));
}

function pairAt(bytes: Buffer, at: number): number {
  return ((bytes[at - 1] ?? 0) << 8) | (bytes[at] ?? 0);
}

function startsAt(bytes: Buffer, at: number, needle: Buffer, length: number): boolean {
  return at + length <= bytes.length && bytes.compare(needle, 0, length, at, at + length) === 0;
}

function group(map: Map<number, Buffer[]>, key: number, needle: Buffer): void {
  const others = map.get(key);
  if (others) others.push(needle);
  else map.set(key, [needle]);
}

function masked(bytes: Buffer, until: number, secrets: readonly Span[]): Buffer {
  const parts: Buffer[] = [];
  let at = 0;
  for (const { start, end } of secrets) {
    if (start >= until) break;
    parts.push(bytes.subarray(at, start), Buffer.from(mask));
    at = end;
  }
  return parts.length === 0 ? bytes.subarray(0, until) : Buffer.concat([...parts, bytes.subarray(at, until)]);
}
