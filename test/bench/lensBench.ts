import { execFile } from "node:child_process";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { openEditor } from "../host/editor.ts";
import { type Claim, middle } from "./measure.ts";

const root = resolve(import.meta.dirname, "../..");
/** Two starts of VS Code differ by a sixth: it takes this many pairs for their median to settle. */
const rounds = 15;

/** What the page has noted, by its own clock, in ms. */
interface Noted {
  /** The first line of the runbook's text was on the screen. */
  text?: number;
  /** The first lens was. */
  lens?: number;
}

/** Runs in the page: looks at every frame what has come. Asked from outside, the answer would be late by up to half a second. */
function noteWhatComes(): void {
  // biome-ignore lint/suspicious/noExplicitAny: the page's globals; the DOM's types are not part of this project
  const page = globalThis as any;
  const noted: Noted = {};
  page.noted = noted;
  const look = () => {
    const shown = (selector: string) => /\S/.test(page.document.querySelector(selector)?.textContent ?? "");
    if (noted.text === undefined && shown(".part.editor .view-line")) noted.text = performance.now();
    const lens = ".codelens-decoration[monaco-visible-content-widget=true]";
    if (noted.text !== undefined && shown(lens)) noted.lens = performance.now();
    else page.requestAnimationFrame(look);
  };
  page.requestAnimationFrame(look);
}

/** From the runbook's text being shown to its first lens being shown, in a cold window, in ms. */
async function textToLens(extension: string): Promise<number> {
  const file = join(root, "demo/runbooks/runbook-pod-failures.md");
  const editor = await openEditor({ folder: join(root, "demo"), file, extension, first: noteWhatComes, log: () => {} });
  try {
    await editor.page.waitForFunction("noted.lens", undefined, { timeout: 60_000 });
    const { text, lens } = await editor.page.evaluate<Required<Noted>>("noted");
    return lens - text;
  } finally {
    await editor.close();
  }
}

/** Podbook's lenses against those of a provider that does the least one can do, in turn, pair by pair. Builds it as it is packaged. */
export async function lensClaims(): Promise<Claim[]> {
  await promisify(execFile)(process.execPath, ["esbuild.mjs", "--minify"], { cwd: root });
  const trivial = () => textToLens(join(root, "test/bench/trivialProvider"));
  const ours = () => textToLens(root);
  const samples: number[] = [];
  for (let round = 0; round < rounds; round++) {
    // What becomes slower or quicker with time is fair to both so.
    const oursFirst = round % 2 === 1 ? await ours() : undefined;
    const theirs = await trivial();
    samples.push((oursFirst ?? (await ours())) / theirs);
  }
  return [
    {
      name: "runbook text shown → lenses shown, cold window",
      unit: "× a trivial provider",
      ...middle(samples),
      bound: 1.05,
    },
  ];
}
