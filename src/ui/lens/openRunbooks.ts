import type { TextDocument } from "vscode";
import { type FollowedBlock, followBlocks } from "../../runbook/followBlocks.ts";
import type { Runbook } from "../../runbook/runbook.ts";
import { RunbookReader } from "../../runbook/runbookReader.ts";

interface Known {
  readonly version: number;
  readonly reader: RunbookReader;
  readonly runbook: Runbook;
  readonly blocks: readonly FollowedBlock[];
}

/** The blocks of the Markdown documents seen in this window, each with a key that stays with it while it is edited. */
export class OpenRunbooks {
  readonly #known = new Map<string, Known>();
  #lastKey = 0;

  /** The blocks of the document as it is now. */
  blocks(document: TextDocument): readonly FollowedBlock[] {
    return this.#read(document).blocks;
  }

  /** The runbook that the document is now. */
  runbook(document: TextDocument): Runbook {
    return this.#read(document).runbook;
  }

  /** The block with a key, or undefined when it was deleted. */
  block(document: TextDocument, key: string): FollowedBlock | undefined {
    return this.blocks(document).find((followed) => followed.key === key);
  }

  /** The block that a zero-based line of the document stands in. */
  blockAt(document: TextDocument, line: number): FollowedBlock | undefined {
    return this.blocks(document).find(({ block }) => block.line <= line && line <= block.endLine);
  }

  #read(document: TextDocument): Known {
    const uri = document.uri.toString();
    const before = this.#known.get(uri);
    if (before?.version === document.version) return before;
    const reader = before?.reader ?? new RunbookReader();
    const runbook = reader.update(document.getText());
    const blocks = followBlocks(before?.blocks ?? [], runbook.blocks, () => `block-${++this.#lastKey}`);
    const known = { version: document.version, reader, runbook, blocks };
    this.#known.set(uri, known);
    return known;
  }
}
