interface Identified {
  /** Of the block's language and text. */
  readonly fingerprint: string;
  readonly headings: readonly string[];
}

/**
 * An id for each block, unique among them and the same again after edits elsewhere in the file. It is made of the
 * block's own text; only where the same text stands twice do its headings, and at last its order, tell which is which.
 */
export function blockIds(blocks: readonly Identified[]): string[] {
  const times = new Map<string, number>();
  for (const block of blocks) times.set(block.fingerprint, (times.get(block.fingerprint) ?? 0) + 1);
  const seen = new Map<string, number>();
  return blocks.map(({ fingerprint: own, headings }) => {
    const placed = (times.get(own) ?? 0) > 1 ? `${own}-${fingerprint(headings.join("\n")).slice(0, 4)}` : own;
    const nth = (seen.get(placed) ?? 0) + 1;
    seen.set(placed, nth);
    return nth > 1 ? `${placed}-${nth}` : placed;
  });
}

/** FNV-1a over UTF-16 units, 32 bits, as eight hexadecimal digits. */
export function fingerprint(text: string): string {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  return (hash >>> 0).toString(16).padStart(8, "0");
}
