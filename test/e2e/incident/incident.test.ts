import { cpSync } from "node:fs";
import { basename, join } from "node:path";
import { inOneEditor } from "../sharedEditor.ts";
import { demoRunbook } from "./demoRunbook.ts";
import { guidedScenario } from "./guidedScenario.ts";
import { incidentTimeline } from "./incidentTimeline.ts";
import { lessons } from "./lessons.ts";

inOneEditor(
  "From the first trouble to the report",
  {
    fill: (folder) => {
      const file = join(folder, basename(demoRunbook));
      cpSync(demoRunbook, file);
      return file;
    },
  },
  guidedScenario,
  incidentTimeline,
  lessons,
);
