import { placeholderKind } from "../../plan/placeholderKind.ts";
import type { Placeholder } from "../../shell/analysis.ts";
import type { Problem } from "../problem.ts";
import type { Rule } from "../rule.ts";
import { mapSamplePath } from "../samplePaths.ts";

/** Placeholders that Podbook has nothing to choose from for; each name is told of once. */
export const placeholders: Rule = ({ blocks, input }) => {
  const seen = new Set<string>();
  const problems: Problem[] = [];
  for (const linted of blocks) {
    for (const placeholder of linted.analysis.placeholders) {
      if (seen.has(placeholder.name)) continue;
      seen.add(placeholder.name);
      const message = messageFor(placeholder, input.paths);
      if (message === null) continue;
      const place = linted.place(placeholder.start, placeholder.end);
      problems.push({ rule: "placeholder", severity: "info", ...place, message, fixes: [] });
    }
  }
  return problems;
};

function messageFor({ name, form }: Placeholder, paths: Readonly<Record<string, string>>): string | null {
  const kind = placeholderKind(name);
  if (form === "path" || kind === "directory") {
    if (mapSamplePath(name, paths) !== null) return null;
    return `${name} is a sample path. Say in podbook.paths which folder it stands for; before a run, Podbook asks for it.`;
  }
  if (kind !== "text") return null;
  if (form === "variable") {
    return `Nothing in this block sets ${name}: Podbook asks for it before a run. Set it in the block if it has a fixed value.`;
  }
  return `Podbook cannot tell what ${name} stands for, and asks for it as text. A name such as <pod-name>, <service-name> or <namespace> gives a choice from the cluster.`;
}
