import type { BlockAnalysis } from "../shell/analysis.ts";

/** A block's analysis without the placeholders that are variables which the blocks before it have set. */
export function withoutCarried(analysis: BlockAnalysis, carried: ReadonlySet<string>): BlockAnalysis {
  const placeholders = analysis.placeholders.filter(
    ({ form, name }) => form !== "variable" || !carried.has(/\w+/.exec(name)?.[0] ?? ""),
  );
  return placeholders.length === analysis.placeholders.length ? analysis : { ...analysis, placeholders };
}
