import { readFile } from "node:fs/promises";
import type { Plan } from "../plan/plan.ts";
import { type SecretPlace, secretPlaces } from "../plan/secretPlaces.ts";
import { ClusterError } from "./clusterError.ts";
import type { Connection } from "./connection.ts";
import type { PinnedTarget } from "./kubeconfig.ts";
import type { SecretValue } from "./secretList.ts";

type Fields = Readonly<Record<string, unknown>>;

/** A run that is about to start, and the way to its cluster. */
export interface SecretSource {
  readonly plan: Plan;
  readonly pinned: PinnedTarget | null;
  readonly connect: (pinned: PinnedTarget, context: string) => Promise<Connection>;
}

/** No run waits longer for its Secrets; what is written as secrets are is masked without them. In ms. */
const patienceMs = 3000;
/** Fields of a kubeconfig's user, of its login plugin's configuration too, that are secret. */
const secretNames = /^(token|password|client-key-data|(id|access|refresh)-token|client-secret)$/;
/** Keys of a Secret whose values are names and addresses: masked wherever they stand, they would make an output unreadable. */
const namingKeys = /(user|name|host|port|database|db)$/i;
const secretVariables = /token|secret|password|passwd|key/i;

/**
 * What must not be shown of a run: the credentials of its kubeconfig, and the values of the Secrets that it can print.
 * Where the cluster cannot be asked, or does not answer in 3 s, the credentials alone.
 */
export async function secretsOfRun({ plan, pinned, connect }: SecretSource): Promise<string[]> {
  if (!pinned) return [];
  const places = secretPlaces(plan);
  const signal = AbortSignal.timeout(patienceMs);
  const [credentials, ...values] = await Promise.all([
    kubeconfigSecrets(pinned.kubeconfig),
    ...places.map(async (place) => {
      const values = await valuesIn(place, { pinned, connect, signal });
      return values.filter((value) => isMasked(value, place, plan)).flatMap(({ forms }) => forms);
    }),
  ]);
  return [...new Set([...credentials, ...values.flat()])];
}

/** A name is no secret to who wrote it into the script; where the plan does not ask for Secrets, it would only be in the way. */
function isMasked({ key, forms }: SecretValue, { asked }: SecretPlace, { script, target }: Plan): boolean {
  if (!namingKeys.test(key)) return true;
  const known = `${script}\n${target?.context}\n${target?.namespace}`;
  return asked && !forms.some((form) => known.includes(form));
}

/** The tokens, passwords and private keys that a pinned kubeconfig holds, or names a file for. */
export async function kubeconfigSecrets(kubeconfig: string): Promise<string[]> {
  const { users = [] }: { users?: readonly { readonly user?: Fields }[] } = JSON.parse(kubeconfig);
  const found = await Promise.all(users.map(({ user = {} }) => userSecrets(user)));
  return found.flat();
}

async function userSecrets(user: Fields): Promise<string[]> {
  const provider = fieldsOf(fieldsOf(user["auth-provider"])["config"]);
  const named = [...Object.entries(user), ...Object.entries(provider)].flatMap(([name, value]) =>
    secretNames.test(name) && typeof value === "string" ? [value] : [],
  );
  const variables: unknown = fieldsOf(user["exec"])["env"];
  const exec = (Array.isArray(variables) ? variables.map(fieldsOf) : []).flatMap(({ name, value }) =>
    typeof name === "string" && secretVariables.test(name) && typeof value === "string" ? [value] : [],
  );
  const files = await Promise.all([user["tokenFile"], user["client-key"]].map(textOf));
  return [...named, ...exec, ...files.flat()].filter((value) => value !== "");
}

/** The text of a file that `kubectl config view --flatten` would print; none where it cannot be read: then kubectl cannot. */
async function textOf(path: unknown): Promise<string[]> {
  if (typeof path !== "string" || path === "") return [];
  try {
    return [(await readFile(path, "utf8")).trim()];
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== undefined) return [];
    throw error;
  }
}

async function valuesIn(
  place: SecretPlace,
  { pinned, connect, signal }: Omit<SecretSource, "plan"> & { pinned: PinnedTarget; signal: AbortSignal },
): Promise<SecretValue[]> {
  const { context, namespace } = place;
  const ask = async (within: string | null) => {
    const asking = connect(pinned, context).then((connection) => connection.secretValues(within, signal));
    // A login plugin that does not answer hears no signal.
    return Promise.race([asking, noneWhenAborted(signal)]);
  };
  try {
    return await ask(namespace);
  } catch (error) {
    if (signal.aborted) return [];
    if (!(error instanceof ClusterError)) throw error;
    const mayAskLess = error.reason === "forbidden" && namespace === null;
    return mayAskLess ? valuesIn({ ...place, namespace: pinned.target.namespace }, { pinned, connect, signal }) : [];
  }
}

function noneWhenAborted(signal: AbortSignal): Promise<SecretValue[]> {
  return new Promise((resolve) => signal.addEventListener("abort", () => resolve([]), { once: true }));
}

function fieldsOf(value: unknown): Fields {
  return typeof value === "object" && value !== null ? (value as Fields) : {};
}
