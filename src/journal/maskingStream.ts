/** What stands in the place of a secret. ASCII, so that it is itself in every encoding. */
export const mask = "***";

/** A part of a text, by its offsets. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** What was found in a text: secrets, and from where on it could still become one, which is the text's length for nowhere. */
export interface Found {
  readonly spans: readonly Span[];
  readonly hold: number;
}

/**
 * Looks for secrets in a text (bytes as latin1). What stands before `done` has been given out: it is there to be looked
 * back at. `final`: nothing more comes.
 */
export type FindSecrets = (text: string, done: number, final: boolean) => Found;

/** How much of what was given out can be looked back at, in bytes: the key of a value, its line's indentation. */
export const lookBack = 512;

/** Masks what `find` finds in a text that comes in parts, and holds back only what could still become a secret. */
export class MaskingStream {
  readonly #find: FindSecrets;
  #context = "\n";
  #held = "";

  constructor(find: FindSecrets) {
    this.#find = find;
  }

  /** Whether something is held back. */
  get isHolding(): boolean {
    return this.#held !== "";
  }

  /** Takes text in which nothing is to be looked for; only while nothing is held back. */
  pass(text: string): void {
    this.#context = (this.#context + text.slice(-lookBack)).slice(-lookBack);
  }

  write(chunk: string, final: boolean): string {
    const done = this.#context.length;
    const text = this.#context + this.#held + chunk;
    const { spans, hold } = this.#find(text, done, final);
    const secrets = mergeSpans(spans);
    const until = final ? text.length : Math.max(done, heldFrom(secrets, hold));
    this.#held = text.slice(until);
    this.#context = text.slice(Math.max(0, until - lookBack), until);
    return masked(text, done, until, secrets);
  }
}

/** Where to stop giving out: not in the middle of a secret. */
export function heldFrom(secrets: readonly Span[], hold: number): number {
  return secrets.find(({ start, end }) => start < hold && hold < end)?.start ?? hold;
}

/** The spans in their order; those that overlap as one. */
export function mergeSpans(spans: readonly Span[]): Span[] {
  const merged: Span[] = [];
  for (const span of [...spans].sort((one, other) => one.start - other.start)) {
    const last = merged.at(-1);
    if (last && span.start < last.end)
      merged[merged.length - 1] = { start: last.start, end: Math.max(last.end, span.end) };
    else merged.push(span);
  }
  return merged;
}

function masked(text: string, from: number, until: number, secrets: readonly Span[]): string {
  let out = "";
  let at = from;
  for (const { start, end } of secrets) {
    if (end <= at || start >= until) continue;
    out += text.slice(at, Math.max(at, start)) + mask;
    at = end;
  }
  return out + text.slice(at, until);
}
