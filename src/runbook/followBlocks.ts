import type { Block } from "./runbook.ts";

/** A block with the key under which it has been known since it was first seen in its open document. */
export interface FollowedBlock {
  readonly key: string;
  readonly block: Block;
}

/**
 * Gives the blocks of an edited document the keys they had before the edit, so that a run and its result stay with
 * their block while its text changes. A block with an id seen before keeps that block's key; the others are paired in
 * order with the blocks that vanished between the same neighbours; what is left is new and takes a key from `newKey`.
 */
export function followBlocks(
  before: readonly FollowedBlock[],
  after: readonly Block[],
  newKey: () => string,
): FollowedBlock[] {
  const keysById = new Map(before.map(({ key, block }) => [block.id, key]));
  const kept = new Set(after.map((block) => block.id).filter((id) => keysById.has(id)));
  const vanished = vanishedByNeighbour(before, kept);
  let neighbour = "";
  return after.map((block) => {
    const known = keysById.get(block.id);
    if (known !== undefined) neighbour = block.id;
    return { key: known ?? vanished.get(neighbour)?.shift() ?? newKey(), block };
  });
}

/** Keys of the blocks that are gone, in order, under the id of the last block before them that is still there. */
function vanishedByNeighbour(before: readonly FollowedBlock[], kept: ReadonlySet<string>): Map<string, string[]> {
  const vanished = new Map<string, string[]>();
  let neighbour = "";
  for (const { key, block } of before) {
    if (kept.has(block.id)) neighbour = block.id;
    else vanished.set(neighbour, [...(vanished.get(neighbour) ?? []), key]);
  }
  return vanished;
}
