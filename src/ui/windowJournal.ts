import { type Uri, window } from "vscode";
import { FileJournal } from "../journal/fileJournal.ts";
import { ownIdentity } from "../journal/processIdentity.ts";

/** The journal of this window's runs, below the extension's storage; it is opened when the first run begins. */
export class WindowJournal {
  readonly #folder: string;
  #opened: Promise<FileJournal> | undefined;

  /** `storage` is shared by all windows. */
  constructor(storage: Uri) {
    this.#folder = `${storage.fsPath}/runs`;
  }

  readonly open = (): Promise<FileJournal> => {
    this.#opened ??= ownIdentity().then(
      (owner) =>
        new FileJournal({
          folder: this.#folder,
          owner,
          now: () => Date.now(),
          onProblem: (message) => void window.showWarningMessage(message),
        }),
    );
    return this.#opened;
  };
}
