import type { KubectlAction, Plan, PlannedCommand, Target } from "./plan.ts";

/** Where Secrets are that a plan can print; a null namespace stands for all of the context. */
export interface SecretPlace {
  readonly context: string;
  readonly namespace: string | null;
  /** Whether the plan says that it reads Secrets; else it may only come across them. */
  readonly asked: boolean;
}

/** kubectl's verbs whose output is that of a program which has Secrets in its environment or among its files. */
const programs = new Set(["exec", "rsh", "attach", "debug"]);
/** A namespace's name (RFC 1123). What a script only knows when it runs stands there as it is written: `$NS`. */
const namespaceName = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/;

/**
 * The places of the Secrets that a plan can print: it reads them, runs a program in a pod, or does what cannot be told.
 * None for the usual reads, so that they need not wait for an answer of the cluster.
 */
export function secretPlaces(plan: Plan): SecretPlace[] {
  const { target, commands } = plan;
  if (!target) return [];
  // What could not be parsed into commands is run all the same.
  const isUnread = plan.effect !== "read" && commands.every(({ effect }) => effect === "read");
  const places = commands.flatMap((command) => placesOf(command, target));
  const all = isUnread ? [{ ...target, asked: false }, ...places] : places;
  const unique = new Map<string, SecretPlace>();
  for (const { context, namespace, asked } of all) {
    const key = `${context}/${namespace}`;
    unique.set(key, { context, namespace, asked: asked || (unique.get(key)?.asked ?? false) });
  }
  return [...unique.values()];
}

function placesOf(command: PlannedCommand, own: Target): SecretPlace[] {
  const calls = command.actions.filter(canPrintSecrets).map((action) => placeOf(action, readsSecrets(action)));
  const asked = namesSecrets(command.text);
  if (!asked && !command.uncounted && command.doubt === null) return calls;
  return [{ ...own, asked }, ...command.actions.map((action) => placeOf(action, asked)), ...calls];
}

function canPrintSecrets(action: KubectlAction): boolean {
  const { unknown, verb, files } = action.call;
  return unknown || programs.has(verb[0] ?? "") || files.length > 0 || readsSecrets(action) || readsPath(action);
}

function readsSecrets({ call }: KubectlAction): boolean {
  return call.kinds.some((kind) => kind === "secrets" || kind.startsWith("secrets."));
}

function readsPath({ call }: KubectlAction): boolean {
  return call.verb[0] === "get" && call.options.some(({ name }) => name === "--raw");
}

function placeOf(action: KubectlAction, asked: boolean): SecretPlace {
  const { context, namespace } = action.target;
  const isKnown = !action.call.allNamespaces && !readsPath(action) && namespaceName.test(namespace);
  return { context, namespace: isKnown ? namespace : null, asked };
}

/** Also where the word is no kind for us: in a loop over kinds, in a path, or with Helm, which keeps them in its releases. */
function namesSecrets(text: string): boolean {
  return /secret/i.test(text) || /\bhelm\b[^\n;&|]*\b(get|template|status)\b/.test(text);
}
