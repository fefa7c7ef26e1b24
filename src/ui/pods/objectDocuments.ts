import { dump } from "js-yaml";
import { type Disposable, EventEmitter, languages, Uri, window, workspace } from "vscode";
import type { Connection } from "../../cluster/connection.ts";
import type { WorkloadKind } from "../../cluster/pod.ts";
import { redactText } from "../../journal/redaction.ts";

const scheme = "podbook-object";
const patienceMs = 10_000;

/** Objects of the cluster as read-only YAML documents, without managed fields and with what looks like a secret masked. */
export class ObjectDocuments implements Disposable {
  readonly #texts = new Map<string, string>();
  readonly #changed = new EventEmitter<Uri>();
  readonly #registration = workspace.registerTextDocumentContentProvider(scheme, {
    onDidChange: this.#changed.event,
    provideTextDocumentContent: (uri) => this.#texts.get(uri.path) ?? "# This was shown in an earlier window.\n",
  });
  readonly #closing = workspace.onDidCloseTextDocument(({ uri }) => {
    if (uri.scheme === scheme) this.#texts.delete(uri.path);
  });

  /**
   * Shows an object as it is now; where it is shown already, that text is replaced.
   * @throws ClusterError where it cannot be had
   */
  async show(connection: Connection, kind: WorkloadKind, name: string): Promise<void> {
    const { context, namespace } = connection.pinned.target;
    const object = await connection.object(kind, name, AbortSignal.timeout(patienceMs));
    const uri = Uri.from({ scheme, path: `/${context.replaceAll("/", "∕")}/${namespace}/${kind} ${name}.yaml` });
    const head = `# ${kind} ${name} of ${context}/${namespace}, read ${new Date().toLocaleTimeString()}. Show YAML again to refresh.\n`;
    this.#texts.set(uri.path, head + redactText(dump(object, { lineWidth: -1, noRefs: true }), []));
    this.#changed.fire(uri);
    const document = await languages.setTextDocumentLanguage(await workspace.openTextDocument(uri), "yaml");
    await window.showTextDocument(document, { preview: true });
  }

  dispose(): void {
    this.#registration.dispose();
    this.#closing.dispose();
    this.#changed.dispose();
  }
}
