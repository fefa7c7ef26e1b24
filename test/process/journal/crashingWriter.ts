// `node crashingWriter.ts FOLDER`: runs a journal with output and commands until it is killed. After each await it prints
// what a panel would have shown by then: the id, and how many bytes of output and commands are written down.
import { writeSync } from "node:fs";
import { openJournal, outputs, someEnd, someStart } from "../../unit/journal/runs.ts";

const [folder = ""] = process.argv.slice(2);
const { journal } = await openJournal(folder);
const script = "echo something\n".repeat(2000);
for (;;) {
  const entry = await journal.begin({ ...someStart, at: Date.now(), script });
  writeSync(1, `${entry.id} 0 0\n`);
  let bytes = 0;
  for (const [index, text] of outputs.entries()) {
    await entry.output(text);
    bytes += text.length;
    await entry.command({ type: "begin", at: index, offset: bytes, index });
    writeSync(1, `${entry.id} ${bytes} ${index + 1}\n`);
  }
  await entry.end({ ...someEnd, outputBytes: bytes });
}
