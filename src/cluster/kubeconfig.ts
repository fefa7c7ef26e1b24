import { readFile } from "node:fs/promises";
import { delimiter, dirname, isAbsolute, join, resolve } from "node:path";
import { load } from "js-yaml";
import type { Target } from "../plan/plan.ts";
import { ClusterError } from "./clusterError.ts";

type Fields = Readonly<Record<string, unknown>>;

/** What the person chose, as the settings hold it; an empty string means "not chosen". */
export interface TargetChoice {
  readonly kubeconfig: string;
  readonly context: string;
  readonly namespace: string;
}

/** A target with everything needed to reach it, read from the kubeconfig at one moment. */
export interface PinnedTarget {
  readonly target: Target;
  /** URL of the API server, for messages. */
  readonly server: string;
  /** A kubeconfig (JSON, which is YAML) with this context made current, and those named besides it. It holds credentials. */
  readonly kubeconfig: string;
}

/** The files kubectl would read: the chosen one, else those of KUBECONFIG, else `~/.kube/config`. Absolute paths. */
export function kubeconfigFiles(chosen: string, environment: NodeJS.ProcessEnv, home: string): string[] {
  if (chosen !== "") return [resolve(chosen.replace(/^~(?=$|[\\/])/, home))];
  const fromEnvironment = (environment["KUBECONFIG"] ?? "").split(delimiter).filter((file) => file !== "");
  if (fromEnvironment.length > 0) return fromEnvironment.map((file) => resolve(file));
  return [join(home, ".kube", "config")];
}

/** The contexts of the kubeconfig; `current` is empty where none is. */
export interface Contexts {
  readonly names: readonly string[];
  readonly current: string;
}

/**
 * The contexts one can choose from.
 * @throws ClusterError `no-kubeconfig` or `bad-kubeconfig`
 */
export async function listContexts(files: readonly string[]): Promise<Contexts> {
  const documents = await readDocuments(files);
  return { names: contextNames(documents), current: currentContext(documents) };
}

/**
 * Reads the files and pins the chosen context and namespace. Several files are merged as kubectl does: the first one
 * that names something wins. `alsoContexts` are taken along, where they exist, for commands that name them by `--context`.
 * @throws ClusterError `no-kubeconfig`, `bad-kubeconfig` or `no-context`
 */
export async function pinTarget(
  files: readonly string[],
  choice: TargetChoice,
  alsoContexts: readonly string[] = [],
): Promise<PinnedTarget> {
  const documents = await readDocuments(files);
  const name = choice.context || currentContext(documents);
  if (name === "") {
    throw new ClusterError(
      "no-context",
      `No context is chosen in ${files.join(", ")}.`,
      "Set podbook.context, or choose one with: kubectl config use-context NAME",
    );
  }
  const context = entry(documents, "contexts", "context", name);
  if (!context) {
    throw new ClusterError(
      "no-context",
      `The context "${name}" is not in ${files.join(", ")}.`,
      `Set podbook.context to one of: ${contextNames(documents).join(", ") || "none is there"}.`,
    );
  }
  const cluster = entry(documents, "clusters", "cluster", String(context["cluster"]));
  if (!cluster || !isText(cluster["server"])) {
    throw new ClusterError(
      "bad-kubeconfig",
      `The kubeconfig cannot be read: its context "${name}" names a cluster without a server.`,
      `Mend the cluster "${String(context["cluster"])}" in ${files.join(", ")}.`,
    );
  }
  const namespace = choice.namespace || (isText(context["namespace"]) ? context["namespace"] : "default");
  const others = alsoContexts.filter((other) => other !== name && entry(documents, "contexts", "context", other));
  const parts = [name, ...others].map((one) => contextParts(documents, one, one === name ? namespace : null));
  const pinned = {
    apiVersion: "v1",
    kind: "Config",
    "current-context": name,
    contexts: parts.map((part) => part.context),
    clusters: parts.map((part) => part.cluster),
    users: parts.map((part) => part.user),
  };
  return { target: { context: name, namespace }, server: cluster["server"], kubeconfig: JSON.stringify(pinned) };
}

/**
 * Another context of a pinned kubeconfig, made current; the same where it is current already.
 * @throws ClusterError `no-context` where the kubeconfig does not hold it
 */
export function pinContext(pinned: PinnedTarget, context: string): PinnedTarget {
  if (context === pinned.target.context) return pinned;
  const document: Fields = JSON.parse(pinned.kubeconfig);
  const cluster = entry([document], "clusters", "cluster", context);
  if (!cluster || !isText(cluster["server"])) {
    const advice = "Correct --context in the runbook, or add the context to your kubeconfig.";
    throw new ClusterError("no-context", `The context "${context}" is not in the kubeconfig.`, advice);
  }
  const own = entry([document], "contexts", "context", context)?.["namespace"];
  return {
    target: { context, namespace: isText(own) ? own : "default" },
    server: cluster["server"],
    kubeconfig: JSON.stringify({ ...document, "current-context": context }),
  };
}

/** A context with its cluster and user, all under the context's own name; `namespace` null leaves the context's own. */
function contextParts(documents: readonly Fields[], name: string, namespace: string | null) {
  const context = entry(documents, "contexts", "context", name) ?? {};
  const own = namespace === null ? {} : { namespace };
  return {
    context: { name, context: { ...context, cluster: name, user: name, ...own } },
    cluster: { name, cluster: entry(documents, "clusters", "cluster", String(context["cluster"])) ?? {} },
    user: { name, user: entry(documents, "users", "user", String(context["user"])) ?? {} },
  };
}

async function readDocuments(files: readonly string[]): Promise<Fields[]> {
  const documents = (await Promise.all(files.map(readDocument))).filter((document) => document !== null);
  if (documents.length > 0) return documents;
  throw new ClusterError(
    "no-kubeconfig",
    `No kubeconfig: ${files.join(", ")} does not exist.`,
    "Create it (your platform's login command does), or set podbook.kubeconfig to the file you use.",
  );
}

function currentContext(documents: readonly Fields[]): string {
  const current = documents.map((document) => document["current-context"]).find((name) => isText(name) && name !== "");
  return isText(current) ? current : "";
}

async function readDocument(file: string): Promise<Fields | null> {
  const advice = `Mend ${file}, or set podbook.kubeconfig to another file. "kubectl config view" shows what kubectl makes of it.`;
  let document: unknown;
  try {
    document = load(await readFile(file, "utf8"), { filename: file });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    const why = error instanceof Error ? error.message.split("\n", 1)[0] : String(error);
    throw new ClusterError("bad-kubeconfig", `The kubeconfig cannot be read: ${why}`, advice, { cause: error });
  }
  if (!isFields(document)) {
    throw new ClusterError("bad-kubeconfig", `The kubeconfig cannot be read: ${file} is not a YAML mapping.`, advice);
  }
  return withAbsolutePaths(document, dirname(file));
}

/** Paths in a kubeconfig are relative to its own folder; the pinned copy lies elsewhere. */
function withAbsolutePaths(document: Fields, folder: string): Fields {
  const absolute = (path: string) => (isAbsolute(path) ? path : join(folder, path));
  const mend = (fields: Fields): Fields =>
    Object.fromEntries(
      Object.entries(fields).map(([key, value]) => {
        const isPath = ["certificate-authority", "client-certificate", "client-key", "tokenFile"].includes(key);
        if (isText(value) && value !== "" && isPath) return [key, absolute(value)];
        if (key === "exec" && isFields(value)) return [key, mendCommand(value, absolute)];
        return [key, value];
      }),
    );
  const mendAll = (list: string, inner: string) =>
    named(document[list]).map((item) => ({ ...item, [inner]: isFields(item[inner]) ? mend(item[inner]) : {} }));
  return { ...document, clusters: mendAll("clusters", "cluster"), users: mendAll("users", "user") };
}

/** A command with a slash is a path relative to the kubeconfig; a bare name is looked up on PATH. */
function mendCommand(exec: Fields, absolute: (path: string) => string): Fields {
  const command = exec["command"];
  return isText(command) && /[\\/]/.test(command) ? { ...exec, command: absolute(command) } : exec;
}

function entry(documents: readonly Fields[], list: string, inner: string, name: string): Fields | undefined {
  const found = documents.flatMap((document) => named(document[list])).find((item) => item["name"] === name);
  return found && isFields(found[inner]) ? found[inner] : undefined;
}

function contextNames(documents: readonly Fields[]): string[] {
  return documents.flatMap((document) => named(document["contexts"])).map((item) => String(item["name"]));
}

function named(list: unknown): Fields[] {
  return Array.isArray(list) ? list.filter(isFields) : [];
}

function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isText(value: unknown): value is string {
  return typeof value === "string";
}
