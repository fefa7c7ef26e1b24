import type { BlockAnalysis, EffectRow } from "./analysis.ts";
import { isKnownProgram } from "./callEffect.ts";
import { readCommands } from "./commands.ts";
import { effectTable } from "./effects/effectTable.ts";
import { whyNotShell } from "./notShell.ts";
import type { ShellParser } from "./parser.ts";
import { placeholderSpots, readPlaceholders, standIns } from "./placeholders.ts";
import { readPrompts } from "./prompts.ts";
import { readSyntaxErrors } from "./syntaxErrors.ts";
import { noNames, readNames } from "./variables.ts";

/**
 * Understands a block without running it. Any text gives an analysis: nothing is raised.
 * @param text the block's content, as CommonMark defines it
 * @param language the fence's language, as `fenceLanguage` gives it
 * @param knowledge rows that go before the built-in table of effects
 * @param knownVariables variables that are set outside of the block, besides those every shell has
 */
export function analyseBlock(
  text: string,
  language: string,
  parser: ShellParser,
  knowledge: readonly EffectRow[] = [],
  knownVariables: ReadonlySet<string> = new Set(),
): BlockAnalysis {
  const table = effectTable(knowledge);
  const isKnown = (program: string) => isKnownProgram(program, table);
  const { script, cuts, expectedOutput } = readPrompts(text, language, isKnown);
  const parse = parser.forBlock();
  const spots = placeholderSpots(script);
  const source = standIns(script, spots);
  const root = parse(source);
  const names = root ? readNames(root, source) : noNames;
  const why = whyNotShell(script, root, source, isKnown);
  if (why !== null) {
    const empty = { commands: [], placeholders: [], sets: [], syntaxErrors: [] };
    return { kind: "not-shell", why, script, expectedOutput, ...empty };
  }
  const { commands, reread } = readCommands({ source, script, root, names, table, parse });
  const known = (name: string) => names.setsUnseen || names.variables.has(name) || knownVariables.has(name);
  return {
    kind: "shell",
    why: "",
    script,
    commands,
    placeholders: readPlaceholders({ script, source, root, spots, cuts, reread, known }),
    sets: [...names.variables],
    expectedOutput,
    syntaxErrors: root ? readSyntaxErrors(root, script, source, cuts) : [],
  };
}
