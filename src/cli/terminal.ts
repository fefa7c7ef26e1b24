import type { Readable } from "node:stream";

/** What the CLI is given to work with. */
export interface Terminal {
  /** Folder of `web-tree-sitter.wasm` and `tree-sitter-bash.wasm`. */
  readonly wasmFolder: string;
  /** Absolute folder that file names start from. */
  readonly directory: string;
  /** What the file name `-` stands for. */
  readonly stdin: Readable;
  /** Writes a result. */
  readonly write: (text: string) => void;
  /** Writes a message about what went wrong. */
  readonly complain: (text: string) => void;
}
