import { commands, type Disposable, Uri, workspace } from "vscode";
import type { RunJournal, RunRecord } from "../../journal/runRecord.ts";
import { sizeText } from "../output/runOutput.ts";
import { readTail } from "./outputFile.ts";
import { renderRun } from "./renderRun.ts";
import { clockTime, day } from "./runOutcome.ts";

const scheme = "podbook-run";
/** So much of the output of a run is compared, from its end, in bytes. */
const mostCompared = 5_000_000;

/** Shows two runs side by side: commands, output and exit codes, without the times, which always differ. */
export class RunComparison {
  readonly #registration: Disposable;

  constructor(journal: RunJournal) {
    this.#registration = workspace.registerTextDocumentContentProvider(scheme, {
      provideTextDocumentContent: async (uri) => {
        const record = await journal.read(uri.path.split("/")[1] ?? "");
        return record ? comparedText(journal, record) : "This run is no longer in the journal.\n";
      },
    });
  }

  /** Opens VS Code's diff editor, the earlier run on the left. */
  async show(earlier: RunRecord, later: RunRecord): Promise<void> {
    const title = `${later.start.title}: ${when(earlier)} ↔ ${when(later)}`;
    await commands.executeCommand("vscode.diff", uriOf(earlier), uriOf(later), title, { preview: false });
  }

  dispose(): void {
    this.#registration.dispose();
  }
}

function uriOf({ start }: RunRecord): Uri {
  return Uri.from({ scheme, path: `/${start.id}/${clockTime(start.at).replaceAll(":", ".")}.podbook-output` });
}

async function comparedText(journal: RunJournal, record: RunRecord): Promise<string> {
  const { bytes, from } = await readTail(journal.outputFile(record.start.id), mostCompared);
  const texts = from > 0 ? [`⋯ ${sizeText(from)} of output left out\n`] : [];
  for await (const { text } of renderRun(record, [bytes], { times: false }, from)) texts.push(text);
  return texts.join("");
}

function when({ start }: RunRecord): string {
  return `${day(start.at)} ${clockTime(start.at)}`;
}
