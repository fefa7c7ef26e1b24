import assert from "node:assert/strict";
import { test } from "node:test";
import { keptShown, mostShown, PanelText } from "../../../src/ui/output/panelText.ts";

/** What a channel shows after the updates that the text gave. */
class Channel {
  text = "";
  replaced = 0;
  update(panel: PanelText): void {
    const update = panel.take();
    if (update?.how === "replace") this.replaced++;
    this.text = update?.how === "replace" ? update.text : this.text + (update?.text ?? "");
  }
}

test("lines of several runs are kept apart and named", () => {
  const panel = new PanelText();
  const channel = new Channel();
  panel.add(1, "▶ one\n", false);
  panel.add(1, "half", true);
  panel.add(2, "a\nb\n", true);
  channel.update(panel);
  panel.add(1, "rest\n", true);
  panel.add(1, "✓ done\n", false);
  channel.update(panel);
  assert.equal(channel.text, "▶ one\n[1] half\n[2] a\n[2] b\n[1] rest\n✓ done\n");
  assert.equal(panel.take(), undefined);
});

test("beyond its bound the panel is cut back to its last lines, and says so", () => {
  const panel = new PanelText();
  const channel = new Channel();
  let longest = 0;
  let all = "";
  for (let index = 0; index < 3_000; index++) {
    const text = `line ${index} ${"x".repeat(2_000)}\n`;
    all += text;
    panel.add(1, text, false);
    channel.update(panel);
    longest = Math.max(longest, channel.text.length);
  }
  assert.ok(longest <= mostShown, `the panel held ${longest} characters`);
  assert.ok(channel.replaced > 1);
  const lineEnd = channel.text.indexOf("\n") + 1;
  assert.match(channel.text.slice(0, lineEnd), /earlier output is left out here/);
  assert.ok(channel.text.length >= keptShown - 3_000);
  assert.ok(all.endsWith(channel.text.slice(lineEnd)), "what is left is the end, unchanged");
  assert.match(channel.text.slice(lineEnd), /^line \d+ /);
});

test("what the person has emptied does not come back", () => {
  const panel = new PanelText();
  const channel = new Channel();
  panel.add(1, `old ${"x".repeat(mostShown - 100)}\n`, false);
  channel.update(panel);
  panel.forget();
  channel.text = "";
  panel.add(1, `new ${"y".repeat(200)}\n`, false);
  channel.update(panel);
  assert.equal(channel.replaced, 0);
  assert.match(channel.text, /^new y+\n$/);
});
