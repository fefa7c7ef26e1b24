import { after, afterEach, before, describe } from "node:test";
import { type BedEditor, type BedEditorOptions, openBedEditor } from "./bedEditor.ts";

/** One window for several suites: to open it takes longer than most tests. */
export interface SharedEditor {
  /** There from the first test on. */
  readonly editor: BedEditor;
}

/** Runs suites one after the other in one window. */
export function inOneEditor(
  name: string,
  options: BedEditorOptions & { readonly timeoutMs?: number },
  ...suites: ((shared: SharedEditor) => void)[]
): void {
  describe(name, { timeout: options.timeoutMs ?? 1_200_000 }, () => {
    let editor: BedEditor | undefined;
    before(async () => {
      editor = await openBedEditor(options);
    });
    after(() => editor?.close());
    afterEach(async (test) => {
      if (editor && !editor.page.isClosed()) await editor.pictureFailure(test as { name: string; passed?: boolean });
    });
    const shared: SharedEditor = {
      get editor() {
        if (!editor) throw new Error("The window is not open");
        return editor;
      },
    };
    for (const suite of suites) suite(shared);
  });
}
