import { isUtf8 } from "node:buffer";

/** Output as JSON can hold it: text where the bytes are UTF-8, else the bytes. */
export type JsonBytes = { readonly text: string } | { readonly base64: string };

/** Keeps the beginning of a UTF-8 character that a chunk was cut in, until the rest of it comes. */
export class WholeCharacters {
  #cut: Uint8Array = new Uint8Array();

  /** The bytes that are complete; null where there are none. */
  write(chunk: Uint8Array): JsonBytes | null {
    const bytes = Buffer.concat([this.#cut, chunk]);
    const whole = bytes.subarray(0, bytes.length - cutLength(bytes));
    this.#cut = bytes.subarray(whole.length);
    return asJson(whole);
  }

  /** What is left when nothing more comes. */
  end(): JsonBytes | null {
    const rest = this.#cut;
    this.#cut = new Uint8Array();
    return asJson(rest);
  }
}

function asJson(bytes: Uint8Array): JsonBytes | null {
  if (bytes.length === 0) return null;
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return isUtf8(bytes) ? { text: buffer.toString("utf8") } : { base64: buffer.toString("base64") };
}

/** How many bytes at the end begin a character that is longer (RFC 3629, section 3). */
function cutLength(bytes: Uint8Array): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte >= 0xc0) return back < (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2) ? back : 0;
    if (byte < 0x80) return 0;
  }
  return 0;
}
