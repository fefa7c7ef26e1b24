const smallest = 16 * 1024;

/** Bytes on their way from a run to the panel: first in, first out, and beyond a bound the oldest are dropped. */
export class ByteQueue {
  readonly #most: number;
  #ring = Buffer.alloc(0);
  #start = 0;
  #end = 0;

  /** `most` bytes are kept, and no more memory than that is held. */
  constructor(most: number) {
    this.#most = most;
  }

  /** How many bytes came before the oldest one that is kept. */
  get start(): number {
    return this.#start;
  }

  /** How many bytes came in all. */
  get end(): number {
    return this.#end;
  }

  push(bytes: Uint8Array): void {
    this.#grow(Math.min(this.#most, this.#end - this.#start + bytes.length));
    const kept = bytes.length > this.#ring.length ? bytes.subarray(bytes.length - this.#ring.length) : bytes;
    this.#end += bytes.length;
    this.#start = Math.max(this.#start, this.#end - this.#ring.length);
    this.#put(kept, this.#end - kept.length);
  }

  /** A copy of the oldest bytes, at most so many. */
  peek(count: number): Buffer {
    const length = Math.min(count, this.#end - this.#start);
    const copy = Buffer.allocUnsafe(length);
    const at = this.#ring.length === 0 ? 0 : this.#start % this.#ring.length;
    const first = this.#ring.copy(copy, 0, at, Math.min(this.#ring.length, at + length));
    this.#ring.copy(copy, first, 0, length - first);
    return copy;
  }

  /** Drops the bytes before this offset, counted from the first byte that ever came. */
  dropBefore(offset: number): void {
    this.#start = Math.min(this.#end, Math.max(this.#start, offset));
  }

  #put(bytes: Uint8Array, offset: number): void {
    if (bytes.length === 0) return;
    const at = offset % this.#ring.length;
    const first = Math.min(bytes.length, this.#ring.length - at);
    this.#ring.set(bytes.subarray(0, first), at);
    this.#ring.set(bytes.subarray(first), 0);
  }

  #grow(needed: number): void {
    if (needed <= this.#ring.length) return;
    const kept = this.peek(this.#end - this.#start);
    let length = Math.max(smallest, this.#ring.length);
    while (length < needed) length *= 2;
    this.#ring = Buffer.alloc(Math.min(length, this.#most));
    this.#put(kept, this.#start);
  }
}
