import type { Problem } from "../problem.ts";
import type { LintSource, Rule } from "../rule.ts";
import { deprecatedFlags } from "./deprecatedFlags.ts";
import { deprecatedKinds } from "./deprecatedKinds.ts";
import { deprecatedVerbs } from "./deprecatedVerbs.ts";
import type { Deprecation } from "./deprecation.ts";
import { removedApiVersions } from "./removedApiVersions.ts";

/** Forms that kubectl, up to 1.34, warns of or no longer knows, and API versions that are no longer served. */
export const deprecatedKubectl: Rule = ({ blocks }: LintSource) =>
  blocks.flatMap((linted) => {
    const found: Deprecation[] = [
      ...linted.kubectl.flatMap((use) => [
        ...deprecatedKinds(linted, use),
        ...deprecatedFlags(linted, use),
        ...deprecatedVerbs(linted, use),
      ]),
      ...removedApiVersions(linted),
    ];
    return found.map(({ start, end, message, fixes }): Problem => {
      return { rule: "deprecated-kubectl", severity: "warning", ...linted.place(start, end), message, fixes };
    });
  });
