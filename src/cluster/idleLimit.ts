import { stalledError } from "./apiErrors.ts";

/** A request or its answer: what can be broken off. */
interface Breakable {
  destroy(error: Error): unknown;
}

/** Breaks off a request whose answer brings no byte for a time: a network that swallows everything gives no error. */
export class IdleLimit {
  readonly #server: string;
  #limitMs: number;
  #timer: NodeJS.Timeout | undefined;
  #watched: Breakable | undefined;

  /** `limitMs` is the time without a byte; `server` is for the message. */
  constructor(limitMs: number, server: string) {
    this.#limitMs = limitMs;
    this.#server = server;
  }

  /** What is to be broken off from here on: first the request, then its answer. */
  watch(breakable: Breakable): void {
    this.#watched = breakable;
    this.change(this.#limitMs);
  }

  /** Another limit from here on, in ms. */
  change(limitMs: number): void {
    clearTimeout(this.#timer);
    this.#limitMs = limitMs;
    this.#timer = setTimeout(() => this.#watched?.destroy(stalledError(limitMs, this.#server)), limitMs);
  }

  /** Something came: the time begins anew. */
  heard(): void {
    this.#timer?.refresh();
  }

  end(): void {
    clearTimeout(this.#timer);
  }
}
