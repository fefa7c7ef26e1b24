import assert from "node:assert/strict";
import { it } from "node:test";
import { setImmediate } from "node:timers/promises";
import { lensMaker } from "../bench/lensMaking.ts";
import { testShellParser } from "./shellParser.ts";

const text = "# Text\n\n```bash\necho one\nkubectl delete pod one\n```\n\n```bash\necho two\n```\n";

// The benches measure the lens provider outside of the editor: it must go on working there.
it("makes the lenses of a text in plain Node, first without and then with what its commands do", async () => {
  assert.equal(lensMaker(null)(text), 2);
  const make = lensMaker(await testShellParser());
  make(text);
  // The parser is loaded for the first lenses, and is there for the next.
  await setImmediate();
  assert.ok(make(text) > 3, `${make(text)} lenses`);
});
