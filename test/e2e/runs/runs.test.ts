import { filledWith } from "../bedEditor.ts";
import { inOneEditor } from "../sharedEditor.ts";
import { outputs, outputsRunbook } from "./outputs.ts";
import { sequences, sequencesRunbook } from "./sequences.ts";
import { singleRuns, singleRunsRunbook } from "./singleRuns.ts";

inOneEditor(
  "Runs",
  {
    fill: filledWith({
      "output.md": outputsRunbook,
      "notes.txt": "first\nsecond\nthird\n",
      "sequences.md": sequencesRunbook,
      "runs.md": singleRunsRunbook,
    }),
  },
  outputs,
  sequences,
  singleRuns,
);
