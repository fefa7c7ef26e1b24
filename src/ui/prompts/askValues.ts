import { type QuickPickItem, type Uri, window } from "vscode";
import type { Candidate } from "../../cluster/candidates.ts";
import { ClusterError } from "../../cluster/clusterError.ts";
import type { Connection } from "../../cluster/connection.ts";
import { valueProblem } from "../../plan/fillPlaceholders.ts";
import { type PlaceholderKind, placeholderKind } from "../../plan/placeholderKind.ts";
import type { BlockAnalysis } from "../../shell/analysis.ts";
import { pickFolder, type SamplePaths } from "./pickFolder.ts";
import type { RememberedValues } from "./rememberedValues.ts";

/** How long the cluster may take until the question is asked without its choices, in ms. */
const patienceMs = 3000;

type ValueItem = QuickPickItem & { readonly value: string };

/** Asks for the values of placeholders, offering what the cluster has and what was given before. */
export class ValuePrompts {
  readonly #remembered: RememberedValues;
  readonly #paths: SamplePaths;

  constructor(remembered: RememberedValues, paths: SamplePaths) {
    this.#remembered = remembered;
    this.#paths = paths;
  }

  /** A value for each name; undefined when the person leaves a question. */
  async ask(
    names: readonly string[],
    analysis: BlockAnalysis,
    runbook: Uri,
    connection: Connection | null,
  ): Promise<Map<string, string> | undefined> {
    const values = new Map<string, string>();
    for (const [index, name] of names.entries()) {
      const kind = placeholderKind(name);
      const title = `${name}${names.length > 1 ? ` (${index + 1} of ${names.length})` : ""}`;
      const value =
        kind === "directory"
          ? (this.#paths.mapped(name) ?? (await pickFolder(name, this.#paths)))
          : await this.#askOne(title, name, kind, analysis, runbook, connection);
      if (value === undefined) return undefined;
      values.set(name, value);
      if (kind !== "directory") await this.#remembered.set(runbook, name, value);
    }
    return values;
  }

  async #askOne(
    title: string,
    name: string,
    kind: PlaceholderKind,
    analysis: BlockAnalysis,
    runbook: Uri,
    connection: Connection | null,
  ): Promise<string | undefined> {
    const remembered = this.#remembered.get(runbook, name);
    const { candidates, problem } = await candidatesOf(kind, connection);
    if (candidates.length === 0) return askText(title, name, analysis, remembered ?? "", problem);
    const other: ValueItem = { label: "$(edit) Another value…", value: "", alwaysShow: true };
    const items = [...candidates.map((candidate) => item(candidate, remembered)), other].sort(
      (one, another) => Number(another.value === remembered) - Number(one.value === remembered),
    );
    const chosen = await window.showQuickPick(items, { title, matchOnDescription: true, ignoreFocusOut: true });
    return chosen === other ? askText(title, name, analysis, remembered ?? "", "") : chosen?.value;
  }
}

async function candidatesOf(kind: PlaceholderKind, connection: Connection | null) {
  if (!connection) return { candidates: [], problem: "" };
  try {
    return { candidates: await connection.candidates(kind, AbortSignal.timeout(patienceMs)), problem: "" };
  } catch (error) {
    // The value can still be typed; the question says why there is nothing to choose from.
    if (error instanceof ClusterError) return { candidates: [], problem: `${error.message} ` };
    throw error;
  }
}

function askText(title: string, name: string, analysis: BlockAnalysis, value: string, problem: string) {
  const places = analysis.placeholders.filter((placeholder) => placeholder.name === name);
  return window.showInputBox({
    title,
    prompt: `${problem}It is quoted for the shell; type it as it is.`,
    value,
    ignoreFocusOut: true,
    validateInput: (text) => places.map((place) => valueProblem(text, place, analysis)).find((one) => one !== null),
  });
}

function item({ value, detail, healthy }: Candidate, remembered: string | undefined): ValueItem {
  const words = [detail, value === remembered ? "last used" : ""].filter((text) => text !== "").join(" · ");
  return { label: `$(${healthy ? "circle-outline" : "warning"}) ${value}`, description: words, value };
}
