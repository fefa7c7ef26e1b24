import { dump } from "js-yaml";
import { commands, type Disposable, Uri, workspace } from "vscode";
import type { Revision } from "../../cluster/rollouts.ts";

const scheme = "podbook-revision";

/** Pod templates of revisions as read-only YAML documents, for the diff editor. */
export class TemplateDocuments implements Disposable {
  readonly #texts = new Map<string, string>();
  readonly #registration = workspace.registerTextDocumentContentProvider(scheme, {
    provideTextDocumentContent: (uri) => this.#texts.get(uri.path) ?? "",
  });

  /** Opens the difference between the pod template that runs and an older one. */
  async compare(workload: string, current: Revision, older: Revision): Promise<void> {
    const title = `${workload}: revision ${current.number} (now) ↔ ${older.number}`;
    await commands.executeCommand("vscode.diff", this.#open(workload, current), this.#open(workload, older), title, {
      preview: true,
    });
  }

  dispose(): void {
    this.#registration.dispose();
  }

  #open(workload: string, { number, template }: Revision): Uri {
    const uri = Uri.from({ scheme, path: `/${workload}/revision-${number}.yaml` });
    this.#texts.set(uri.path, dump(template, { sortKeys: true }));
    return uri;
  }
}
