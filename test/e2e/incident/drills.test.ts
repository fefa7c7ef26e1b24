import { cpSync } from "node:fs";
import { basename, join } from "node:path";
import { inOneEditor } from "../sharedEditor.ts";
import { demoRunbook } from "./demoRunbook.ts";
import { drills } from "./drills.ts";

inOneEditor(
  "Practice",
  {
    fill: (folder) => {
      const file = join(folder, basename(demoRunbook));
      cpSync(demoRunbook, file);
      return file;
    },
  },
  drills,
);
