/** What `mayHoldSecrets` looks for, in every spelling. Three characters at least. */
const signs = [
  ...["eyJ", "EyJ", "earer", "Earer", "ecret", "Ecret", "eCRET", "ECRET", "oken", "Oken", "oKEN", "OKEN"],
  ...["swo", "Swo", "sSWO", "SSWO", "sswd", "Sswd", "ata:", 'ata"', "ata\\"],
  ...["://", "_PWD", "CLI_AUTH", "uthorization", "UTHORIZATION", "PRIVATE KEY"],
];

/** Looks for signs of secrets in bytes, two at a time: most output has none, and has to be let through fast. */
class PairScreen {
  /** For each pair of bytes, which signs begin with it, a bit for each. */
  readonly #begin = new Int32Array(0x10000);
  /** For each pair of bytes, which signs go on with it. */
  readonly #goOn = new Int32Array(0x10000);

  constructor(words: readonly string[]) {
    for (const [index, word] of words.entries()) {
      const bit = 1 << (index % 32);
      const [first = 0, second = 0, third = 0, fourth] = Buffer.from(word, "latin1");
      // A sign begins with a pair, or with the second byte of one.
      this.#add(this.#begin, first, second, bit);
      this.#add(this.#goOn, third, fourth, bit);
      this.#add(this.#begin, undefined, first, bit);
      this.#add(this.#goOn, second, third, bit);
    }
  }

  mayHold(bytes: Buffer): boolean {
    // Pairs are read where the memory has them, at even addresses.
    const odd = bytes.byteOffset % 2;
    const pairs = new Uint16Array(bytes.buffer, bytes.byteOffset + odd, (bytes.length - odd) >> 1);
    const begin = this.#begin;
    const goOn = this.#goOn;
    // Before the first pair there is nothing, or the second byte of one.
    let begun = odd === 0 ? 0 : (begin[(bytes[0] ?? 0) << 8] ?? 0);
    for (let at = 0; at < pairs.length; at++) {
      const pair = pairs[at] ?? 0;
      if ((begun & (goOn[pair] ?? 0)) !== 0) return true;
      begun = begin[pair] ?? 0;
    }
    const last = (bytes.length - odd) % 2 === 1 ? (bytes.at(-1) ?? 0) : -1;
    return last >= 0 && anyOf((second) => (begun & (goOn[last | (second << 8)] ?? 0)) !== 0);
  }

  /** Sets a bit for a pair; undefined stands for any byte. */
  #add(table: Int32Array, first: number | undefined, second: number | undefined, bit: number): void {
    for (let any = 0; any < 256; any++) {
      const pair = (first ?? any) | ((second ?? any) << 8);
      table[pair] = (table[pair] ?? 0) | bit;
    }
  }
}

function anyOf(holds: (byte: number) => boolean): boolean {
  for (let byte = 0; byte < 256; byte++) if (holds(byte)) return true;
  return false;
}

const screen = new PairScreen(signs);

/** Whether bytes may hold what `mayHoldSecrets` finds in them as text: never wrong with no, quick to say it. */
export function mayShowSecrets(bytes: Buffer): boolean {
  return screen.mayHold(bytes);
}
