import { readFileSync } from "node:fs";
import type { Bed } from "../bed/bed.ts";
import { podNames } from "../run/kubectl.ts";
import { type EditorOptions, openEditor } from "./editor.ts";

/** What is checked: an editor on a runbook whose first block lists the api-gateway pods of the bed. */
export interface FirstBlockOptions extends EditorOptions {
  readonly bed: Bed;
  /** The runbook. */
  readonly file: string;
}

/**
 * Opens the runbook in VS Code, clicks Run on its first block as a person would and prints what the output panel
 * shows. Resolves with whether every api-gateway pod that the cluster has now stands in it.
 */
export async function checkFirstBlock(options: FirstBlockOptions): Promise<boolean> {
  const { bed, file, log } = options;
  log("» Opening VS Code on the runbook and clicking Run on its first block (usually 20 s)");
  const editor = await openEditor(options);
  try {
    const { workbench } = editor;
    const line = readFileSync(file, "utf8").split("\n").indexOf("```bash") + 1;
    await workbench.lenses.click(line, "Run");
    const lens = await workbench.lenses.at(
      line,
      ({ titles }) => /^[✓✗■]/.test(titles.at(-1) ?? ""),
      "a result",
      60_000,
    );
    const output = await workbench.output.all();
    log(`  The lens says: ${lens.titles.join(" | ")}\n  The output panel shows:\n`);
    log(output.replaceAll(/^/gm, "    "));
    const pods = await podNames(bed, "api-gateway");
    const missing = pods.filter((pod) => !new RegExp(`^${pod} +\\d+/\\d+ `, "m").test(output));
    if (pods.length === 0) log("✗ The cluster has no api-gateway pod.");
    else if (missing.length > 0) log(`✗ Not in the output: ${missing.join(", ")}`);
    else if (!/^✓ 0/.test(lens.titles.at(-1) ?? "")) log("✗ A command of the block failed.");
    else log(`✓ The api-gateway pods of the cluster stand in it: ${pods.join(", ")}`);
    return pods.length > 0 && missing.length === 0 && /^✓ 0/.test(lens.titles.at(-1) ?? "");
  } finally {
    await editor.close();
  }
}
