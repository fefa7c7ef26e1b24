import type { Word } from "./analysis.ts";
import { hole } from "./words.ts";

/** How a program reads its options. */
export interface OptionStyle {
  /** Letters of the short options that take a value: `nlo`. */
  readonly short?: string;
  /** Names, with their dashes, of the long options that take their value from the next word where no `=` is given. */
  readonly long?: ReadonlySet<string>;
  /** True where long options have a single dash, as with find, openssl and terraform. */
  readonly oneDash?: boolean;
  /** True where options end at the first word that is none, as with sudo, xargs and ssh. */
  readonly leading?: boolean;
}

/** One option that was given. */
export interface Option {
  /** With its dashes: `-n`, `--namespace`. */
  readonly name: string;
  /** Its value, or null where it has none. */
  readonly value: string | null;
  /** The word that holds the value, or the option where it has none. */
  readonly word: Word;
}

/** A command line, taken apart. */
export interface Options {
  readonly options: readonly Option[];
  /** The words that are no options, those behind `--` not included. */
  readonly operands: readonly Word[];
  /** The words behind `--`, or null. With `leading`, `--` only ends the options. */
  readonly behindDashes: readonly Word[] | null;
}

/** Takes the words behind a program's name apart, as getopt does. */
export function readOptions(args: readonly Word[], style: OptionStyle): Options {
  const options: Option[] = [];
  const operands: Word[] = [];
  const short = style.short ?? "";
  for (let at = 0; at < args.length; at++) {
    const word = args[at];
    if (!word) break;
    const { shape } = word;
    if (shape === "--") {
      const behind = args.slice(at + 1);
      return style.leading
        ? { options, operands: behind, behindDashes: null }
        : { options, operands, behindDashes: behind };
    }
    if (shape.startsWith("--") || (style.oneDash && /^-\D/.test(shape))) {
      const equals = shape.indexOf("=");
      const name = equals < 0 ? shape : shape.slice(0, equals);
      if (equals >= 0) options.push({ name, value: shape.slice(equals + 1), word });
      else if (style.long?.has(name)) options.push(takeNext(name, word, args[++at]));
      else options.push({ name, value: null, word });
    } else if (shape.startsWith("-") && shape.length > 1) {
      let letter = 1;
      for (; letter < shape.length; letter++) {
        const name = `-${shape.charAt(letter)}`;
        if (!short.includes(shape.charAt(letter)) || shape.charAt(letter) === hole) {
          options.push({ name, value: null, word });
          continue;
        }
        const attached = shape.slice(letter + 1);
        if (attached) options.push({ name, value: attached.replace(/^=/, ""), word });
        else options.push(takeNext(name, word, args[++at]));
        break;
      }
    } else {
      if (style.leading) return { options, operands: args.slice(at), behindDashes: null };
      operands.push(word);
    }
  }
  return { options, operands, behindDashes: null };
}

/** The value of the last of these options, null where none of them is given (or has no value). */
export function optionValue(options: readonly Option[], ...names: readonly string[]): string | null {
  return options.findLast(({ name }) => names.includes(name))?.value ?? null;
}

/** Whether one of these options is given. */
export function hasOption(options: readonly Option[], ...names: readonly string[]): boolean {
  return options.some(({ name }) => names.includes(name));
}

function takeNext(name: string, option: Word, next: Word | undefined): Option {
  return next ? { name, value: next.shape, word: next } : { name, value: null, word: option };
}
