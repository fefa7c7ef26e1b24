import { join } from "node:path";
import { bring, filledWith } from "../bedEditor.ts";
import { inOneEditor } from "../sharedEditor.ts";
import { authoring, authoringRunbook } from "./authoring.ts";
import { planning, planningRunbook } from "./planning.ts";
import { podFailureRunbooks, podFailures } from "./podFailures.ts";
import { reach, reachRunbook } from "./reach.ts";
import { runbooksView } from "./runbooksView.ts";

inOneEditor(
  "Runbooks",
  {
    settings: {
      "podbook.effects": [{ program: "our-tool", effect: "read" }],
      // Without acceleration the terminal's text stands in the page, where a test can read it.
      "terminal.integrated.gpuAcceleration": "off",
    },
    fill: (folder) => {
      for (const [name, file] of Object.entries(podFailureRunbooks)) bring(file, folder, name);
      filledWith({
        "authoring.md": authoringRunbook,
        "silent.md": authoringRunbook,
        "planning.md": planningRunbook,
        "reach.md": reachRunbook,
      })(folder);
      return join(folder, "demo.md");
    },
  },
  podFailures,
  runbooksView,
  authoring,
  planning,
  reach,
);
