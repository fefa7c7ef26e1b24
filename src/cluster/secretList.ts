import type { ApiClient } from "./apiClient.ts";

interface SecretPage {
  readonly items: readonly { readonly data?: Readonly<Record<string, string>> }[];
  readonly metadata: { readonly continue?: string };
}

const pageSize = "500";
/** Helm's releases: up to 1 MB of packed manifests each, which nobody could recognise in an output. */
const fieldSelector = "type!=helm.sh/release.v1";

/** A value of a Secret under its key: as the API has it (base64), and decoded where it is text. */
export interface SecretValue {
  readonly key: string;
  readonly forms: readonly string[];
}

/**
 * The values of the Secrets of a namespace, or of all where it is null.
 * @throws ClusterError where the cluster cannot be asked
 */
export async function listSecretValues(
  client: ApiClient,
  namespace: string | null,
  signal: AbortSignal,
): Promise<SecretValue[]> {
  const within = namespace === null ? "" : `/namespaces/${encodeURIComponent(namespace)}`;
  const values: SecretValue[] = [];
  let token = "";
  do {
    const from = token === "" ? {} : { continue: token };
    const query = { fieldSelector, limit: pageSize, ...from };
    const page = (await client.get(`/api/v1${within}/secrets`, query, signal)) as SecretPage;
    values.push(
      ...page.items.flatMap(({ data = {} }) =>
        Object.entries(data).map(([key, value]) => ({ key, forms: bothForms(value) })),
      ),
    );
    token = page.metadata.continue ?? "";
  } while (token !== "");
  return values;
}

function bothForms(base64: string): string[] {
  const bytes = Buffer.from(base64, "base64");
  const text = bytes.toString();
  return Buffer.from(text).equals(bytes) ? [base64, text] : [base64];
}
