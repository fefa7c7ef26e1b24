import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { inOneEditor } from "../sharedEditor.ts";
import { podMenu } from "./podMenu.ts";
import { podTree } from "./podTree.ts";
import { recoveryActions } from "./recoveryActions.ts";
import { severalTargets } from "./severalTargets.ts";
import { trouble } from "./trouble.ts";

inOneEditor(
  "Pods",
  {
    settings: { "terminal.integrated.gpuAcceleration": "off" },
    fill: (folder) => {
      const file = join(folder, "pods.md");
      writeFileSync(file, "# Nothing to run\n");
      return file;
    },
  },
  podMenu,
  severalTargets,
  // Before the tree's: it looks at what can be undone, which they add to.
  recoveryActions,
  podTree,
  trouble,
);
