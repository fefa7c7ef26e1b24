import type { Readable } from "node:stream";

/** What the CLI is given to work with. */
export interface Terminal {
  /** Folder of `web-tree-sitter.wasm` and `tree-sitter-bash.wasm`. */
  readonly wasmFolder: string;
  /** Absolute folder that file names start from. */
  readonly directory: string;
  /** What the file name `-` stands for, and where a person answers. */
  readonly stdin: Readable;
  /** Writes a result. */
  readonly write: (text: string) => void;
  /** Writes a message about what went wrong. */
  readonly complain: (text: string) => void;
  /** Whether a person sees what is complained of, and can answer. */
  readonly interactive: boolean;
  /** File descriptors for the bytes of blocks, and for what is said of them. */
  readonly outputFd: number;
  readonly errorsFd: number;
  /** The user's own. */
  readonly environment: NodeJS.ProcessEnv;
  /** Absolute path. */
  readonly home: string;
  /** Emits the names of the signals that ask this process to end. */
  readonly signals: NodeJS.EventEmitter;
  /** Ends this process at once, as a signal does that is not handled. */
  readonly die: (signal: NodeJS.Signals) => void;
}
