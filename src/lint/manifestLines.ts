import { lineAt, lineStarts } from "./documentLines.ts";
import type { LintedBlock } from "./lintedBlock.ts";

/** A line of a here-document. */
export interface ManifestLine {
  readonly text: string;
  /** Offset into the script. */
  readonly start: number;
}

/** The lines of the commands which give kubectl a manifest in a here-document. */
export function manifestLines({ analysis: { commands, script } }: LintedBlock): ManifestLine[] {
  const giving = commands.filter(
    ({ text, calls }) => text.includes("<<") && calls.some(({ program }) => program === "kubectl" || program === "oc"),
  );
  if (giving.length === 0) return [];
  const starts = lineStarts(script);
  return giving.flatMap((command) => {
    const first = lineAt(starts, command.start) + 1;
    const last = lineAt(starts, Math.max(command.start, command.end - 1));
    return starts.slice(first, last + 1).map((start, index) => {
      const end = (starts[first + index + 1] ?? script.length + 1) - 1;
      return { text: script.slice(start, end), start };
    });
  });
}
