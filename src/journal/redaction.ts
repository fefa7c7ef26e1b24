import { ExactSecrets } from "./exactSecrets.ts";
import { lookBack, MaskingStream } from "./maskingStream.ts";
import { findJsonSecrets } from "./secretJson.ts";
import { mayShowSecrets } from "./secretScreen.ts";
import { findShapes, mayHoldSecrets } from "./secretShapes.ts";
import { SecretYaml } from "./secretYaml.ts";

/**
 * Masks secrets in the bytes of a run: those it is told, and what is written as secrets are. Bytes without secrets come
 * out as they are, and only what could still become a secret is held back until more is known.
 */
export class Redactor {
  readonly #exact: ExactSecrets;
  readonly #yaml = new SecretYaml();
  readonly #stages = [
    new MaskingStream(findJsonSecrets),
    new MaskingStream(this.#yaml.find),
    new MaskingStream(findShapes),
  ];
  #last = "";

  /** Secrets of fewer than 6 characters are left to the rules for shapes: they would mask ordinary words. */
  constructor(secrets: readonly string[]) {
    this.#exact = new ExactSecrets(secrets);
  }

  /** Takes bytes of output; gives what of them and of those before can be shown. */
  write(bytes: Uint8Array): Uint8Array {
    return this.#write(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), false);
  }

  /** Gives what was held back, when nothing more comes. */
  end(): Uint8Array {
    return this.#write(Buffer.alloc(0), true);
  }

  /** Whether nothing is held back, and no object is read that spans lines. */
  get #isIdle(): boolean {
    return !this.#yaml.isInside && !this.#stages.some((stage) => stage.isHolding);
  }

  #write(bytes: Buffer, final: boolean): Uint8Array {
    const plain = this.#exact.write(bytes, final);
    const begin = this.#last + plain.toString("latin1", 0, lookBack);
    const end = plain.toString("latin1", Math.max(0, plain.length - lookBack));
    const text = this.#isIdle && !mayHoldSecrets(begin) && !mayShowSecrets(plain) ? null : plain.toString("latin1");
    this.#last = (this.#last + end).slice(-lookBack);
    if (text === null || (this.#isIdle && !mayHoldSecrets(begin) && !mayHoldSecrets(text))) {
      for (const stage of this.#stages) stage.pass(end);
      return plain;
    }
    const masked = this.#stages.reduce((left, stage) => stage.write(left, final), text);
    return masked === text ? plain : Buffer.from(masked, "latin1");
  }
}

/** A text with its secrets masked: a script, a title, a command. */
export function redactText(text: string, secrets: readonly string[]): string {
  const redactor = new Redactor(secrets);
  return Buffer.concat([redactor.write(Buffer.from(text)), redactor.end()]).toString();
}
