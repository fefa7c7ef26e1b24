import { filledWith } from "../bedEditor.ts";
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
    fill: filledWith({ "pods.md": "# Nothing to run\n" }),
  },
  podMenu,
  severalTargets,
  // Before the tree's: it looks at what can be undone, which they add to.
  recoveryActions,
  podTree,
  trouble,
);
