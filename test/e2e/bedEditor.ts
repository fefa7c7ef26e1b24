import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, delimiter, dirname, join } from "node:path";
import type { RunEnded, RunEvent, RunStart } from "../../src/journal/runRecord.ts";
import { type Bed, bedUp } from "../bed/bed.ts";
import { type Editor, openEditor } from "../host/editor.ts";
import { testBedName } from "../run/testBedName.ts";

/** The checkout whose built extension is tested. */
export const root = join(import.meta.dirname, "../..");

/** A VS Code with Podbook, opened on a folder of its own, that knows the bed "test". */
export interface BedEditor extends Editor {
  readonly bed: Bed;
  /** The workspace; it goes when the editor is closed. */
  readonly folder: string;
  /** The records of its runs, as the files of the extension's storage have them. */
  journal(): RecordOnDisk[];
  /** All that the newest run has printed, from the journal: the panel shows no more than a page of it. */
  lastOutput(): string;
  /** Saves a picture of the window below `test/e2e/screenshots/`. */
  screenshot(name: string): Promise<void>;
  /** For after each test: saves a picture of the window of one that failed. */
  pictureFailure(test: { readonly name: string; readonly passed?: boolean }): Promise<void>;
}

/** What such an editor is opened with. */
export interface BedEditorOptions {
  /** Fills the workspace and returns the file to show, absolute. */
  readonly fill: (folder: string) => string;
  readonly settings?: Readonly<Record<string, unknown>>;
  /** A folder in front of the PATH, whose programs blocks find first. */
  readonly programs?: (bed: Bed) => string;
}

/** The bed of this test, started if it does not run; `npm test` ends it. */
function testBed(): Promise<Bed> {
  return bedUp({ checkout: root, name: testBedName(), log: console.log });
}

/** What runbooks, results and settings are shown with. All of VS Code's extensions take a third longer to start. */
const ownExtensions = [
  ...["configuration-editing", "diff", "json", "log", "markdown-basics", "markdown-language-features", "node_modules"],
  ...["search-result", "shellscript", "theme-defaults", "theme-seti", "yaml"],
];

/** Opens a VS Code with the built extension on the bed. */
export async function openBedEditor({ fill, settings, programs }: BedEditorOptions): Promise<BedEditor> {
  const bed = await testBed();
  const path = [...(programs ? [programs(bed)] : []), bed.binDir, process.env["PATH"] ?? ""];
  const folder = mkdtempSync(join(tmpdir(), "podbook-e2e-"));
  const file = fill(folder);
  const editor = await openEditor({
    folder,
    file,
    extension: root,
    settings: { "podbook.kubeconfig": bed.kubeconfig, ...settings },
    env: { PATH: path.join(delimiter) },
    ownExtensions,
    log: console.log,
  });
  await editor.workbench.editor(basename(file)).waitFor({ timeout: 60_000 });
  const close = async (aloneMs?: number) => {
    const left = await editor.close(aloneMs);
    rmSync(folder, { recursive: true, force: true });
    return left;
  };
  const screenshot = async (name: string) => {
    await editor.page.screenshot({ path: join(import.meta.dirname, "screenshots", `${name}.png`) });
  };
  const pictureFailure = async ({ name, passed }: { readonly name: string; readonly passed?: boolean }) => {
    if (passed === false) await screenshot(`failed ${name.replaceAll(/[^\w -]/g, "")}`);
  };
  const journal = () => recordsBelow(join(editor.data, "data/User/globalStorage/podbook.podbook/runs"));
  const lastOutput = () => {
    const newest = journal().sort((one, other) => other.start.at - one.start.at)[0];
    return newest ? readFileSync(newest.output, "utf8") : "";
  };
  return { ...editor, bed, folder, journal, lastOutput, close, screenshot, pictureFailure };
}

/** A run as it lies on the disk. */
export interface RecordOnDisk {
  readonly start: RunStart;
  /** Null while it runs. */
  readonly ended: RunEnded | null;
  /** Path of the file with its output. */
  readonly output: string;
}

function recordsBelow(runs: string): RecordOnDisk[] {
  // It is made with the first run.
  if (!existsSync(runs)) return [];
  return readdirSync(runs)
    .filter((name) => !name.startsWith("."))
    .map((name) => {
      const lines = readFileSync(join(runs, name, "record.jsonl"), "utf8")
        .trim()
        .split("\n");
      const events = lines.map((line) => JSON.parse(line) as RunEvent);
      const start = events.find((event) => event.type === "start");
      if (!start) throw new Error(`${name} has no beginning`);
      const ended = events.find((event) => event.type === "ended") ?? null;
      return { start, ended, output: join(runs, name, "output") };
    });
}

/**
 * Fills a workspace with files by their names, and shows the first. All at once: VS Code remembers for a while which files
 * there are to open.
 */
export function filledWith(files: Readonly<Record<string, string>>): (folder: string) => string {
  return (folder) => {
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
    return join(folder, Object.keys(files)[0] ?? "");
  };
}

/** Copies a file into the workspace if it exists, and returns where it is then. */
export function bring(file: string, folder: string, name: string): string | undefined {
  if (!existsSync(file)) return undefined;
  const copy = join(folder, name);
  mkdirSync(dirname(copy), { recursive: true });
  cpSync(file, copy);
  return copy;
}
