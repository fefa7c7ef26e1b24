import assert from "node:assert/strict";
import { test } from "node:test";
import { type FollowedBlock, followBlocks } from "../../../src/runbook/followBlocks.ts";
import { readRunbook } from "../../../src/runbook/runbook.ts";

function runbook(...texts: string[]) {
  return readRunbook(texts.map((text) => `\`\`\`bash\n${text}\n\`\`\`\n`).join("\n")).blocks;
}

function follower() {
  let last = 0;
  let followed: FollowedBlock[] = [];
  return (...texts: string[]) => {
    followed = followBlocks(followed, runbook(...texts), () => `k${++last}`);
    return followed.map(({ key }) => key);
  };
}

test("a block keeps its key while its text changes", () => {
  const edit = follower();
  assert.deepEqual(edit("a", "b", "c"), ["k1", "k2", "k3"]);
  assert.deepEqual(edit("a", "b2", "c"), ["k1", "k2", "k3"]);
  assert.deepEqual(edit("a2", "b3", "c2"), ["k1", "k2", "k3"], "all changed: paired in order");
});

test("a block keeps its key while others come and go", () => {
  const edit = follower();
  edit("a", "b", "c");
  assert.deepEqual(edit("new", "a", "b", "c"), ["k4", "k1", "k2", "k3"]);
  assert.deepEqual(edit("b", "c"), ["k2", "k3"]);
  assert.deepEqual(edit("c", "b"), ["k3", "k2"], "moved blocks take their keys along");
  assert.deepEqual(edit("c", "b", "added"), ["k3", "k2", "k5"]);
});

test("a deleted block's key never goes to a block elsewhere", () => {
  const edit = follower();
  edit("a", "b", "c");
  assert.deepEqual(edit("b", "c", "new"), ["k2", "k3", "k4"]);
});
