import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { inOneEditor } from "../sharedEditor.ts";
import { outputs, outputsRunbook } from "./outputs.ts";
import { sequences, sequencesRunbook } from "./sequences.ts";
import { singleRuns, singleRunsRunbook } from "./singleRuns.ts";

inOneEditor(
  "Runs",
  {
    fill: (folder) => {
      // All at once: VS Code remembers for a while which files there are to open.
      const files = {
        "output.md": outputsRunbook,
        "notes.txt": "first\nsecond\nthird\n",
        "sequences.md": sequencesRunbook,
        "runs.md": singleRunsRunbook,
      };
      for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
      return join(folder, "output.md");
    },
  },
  outputs,
  sequences,
  singleRuns,
);
