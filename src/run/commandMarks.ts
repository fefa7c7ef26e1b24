import { quoteWord } from "../shell/quote.ts";

/** The zero-based first and last lines of a script's commands. */
export interface CommandLines {
  readonly line: number;
  readonly endLine: number;
}

/** A command of the script begins: what ran before it has ended with `lastStatus`. */
export interface CommandMark {
  /** Index of the command. */
  readonly index: number;
  readonly lastStatus: number;
}

const edge = 0x1e;

// What shows a script that a trap is set, or what the trap did: it then runs without marks, as one command.
const observers = [
  /\$\{?_\b/,
  /\btrap\b\s*(?:-p|-l|["']?\s*$|[;|&)\n])/m,
  /\bDEBUG\b/,
  /\bBASH_(?:ENV|XTRACEFD)\b/,
  /\bset\b[^\n;|&]*\s-[a-zA-Z]*[xvT]/,
  /\b(?:xtrace|verbose|functrace|extdebug)\b/,
  /\bset\b\s*(?:$|[;|&)\n])/m,
  /\b(?:declare|typeset|local|export|readonly)\b\s*(?:-[a-zA-Z]*\s*)?(?:$|[;|&)\n])/m,
  /\bcompgen\b/,
];

/** Whether a script could tell that a trap is set for it. */
export function canObserve(script: string): boolean {
  return observers.some((pattern) => pattern.test(script));
}

/** Whether a script can be marked without being able to tell. One command needs no marks. */
export function canMark(script: string, commands: readonly CommandLines[]): boolean {
  return commands.length > 1 && !canObserve(script);
}

/**
 * What bash reads before a script whose commands are marked: before each top-level command a mark with the last exit
 * status is written to the script's own output pipe, where the order with the output is kept. `nonce` is unguessable,
 * so that nothing the script prints is taken for a mark. The trap takes itself away when the last command begins. Works
 * with bash 3.2 and later.
 */
export function marksPrelude(commands: readonly CommandLines[], nonce: string, pipe: string): string {
  const last = commands.length - 1;
  const cases = commands.map(({ line, endLine }, index) => {
    const then = index === last ? "trap - DEBUG" : `__podbook_end=${endLine + 1}`;
    return `${lineNumbers(line, endLine)}) builtin printf '\\036${nonce} ${index} %s\\036' "$?" >> ${quoteWord(pipe)}; ${then};;`;
  });
  // Top level only: no subshell, no function. The first `case` leaves $? as it is.
  const body = `case $((LINENO > __podbook_end))$BASH_SUBSHELL\${FUNCNAME[0]+f} in 10) case $LINENO in ${cases.join(" ")} esac;; esac`;
  return `__podbook_end=0\ntrap ${quoteWord(body)} DEBUG\n`;
}

/** Cuts the marks out of the bytes of a run. */
export class MarkReader {
  readonly #begin: Buffer;
  readonly #output: (bytes: Buffer) => void;
  readonly #mark: (mark: CommandMark) => void;
  /** The end of the last chunk, where it could be the beginning of a mark. */
  #held: Buffer = Buffer.alloc(0);

  constructor(nonce: string, output: (bytes: Buffer) => void, mark: (mark: CommandMark) => void) {
    this.#begin = Buffer.from(`\x1e${nonce} `);
    this.#output = output;
    this.#mark = mark;
  }

  write(chunk: Buffer): void {
    let rest = this.#held.length > 0 ? Buffer.concat([this.#held, chunk]) : chunk;
    this.#held = Buffer.alloc(0);
    for (;;) {
      const start = rest.indexOf(this.#begin);
      if (start === -1) break;
      const end = rest.indexOf(edge, start + this.#begin.length);
      if (end === -1) {
        this.#give(rest.subarray(0, start));
        this.#held = rest.subarray(start);
        return;
      }
      this.#give(rest.subarray(0, start));
      const [index, lastStatus] = rest
        .toString("latin1", start + this.#begin.length, end)
        .split(" ")
        .map(Number);
      this.#mark({ index: index ?? 0, lastStatus: lastStatus ?? 0 });
      rest = rest.subarray(end + 1);
    }
    const from = rest.indexOf(edge, Math.max(0, rest.length - this.#begin.length + 1));
    const cut =
      from !== -1 && this.#begin.subarray(0, rest.length - from).equals(rest.subarray(from)) ? from : rest.length;
    this.#give(rest.subarray(0, cut));
    this.#held = rest.subarray(cut);
  }

  /** Gives what is left when nothing more comes. */
  end(): void {
    this.#give(this.#held);
    this.#held = Buffer.alloc(0);
  }

  #give(bytes: Buffer): void {
    if (bytes.length > 0) this.#output(bytes);
  }
}

function lineNumbers(line: number, endLine: number): string {
  return Array.from({ length: endLine - line + 1 }, (_, index) => line + 1 + index).join("|");
}
