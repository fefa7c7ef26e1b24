/** What stands for Grafana's variables. */
export interface VariableValues {
  /** Null where there is none: the variable stays then. */
  readonly namespace: string | null;
  /** As PromQL writes it: `5m`. */
  readonly window: string;
}

/** A query with values in the place of those variables of Grafana that have one here: `$__rate_interval`, `$namespace`. */
export function fillVariables(query: string, { namespace, window }: VariableValues): string {
  const values = new Map<string, string | null>([
    ["__rate_interval", window],
    ["__interval", window],
    ["__range", "1h"],
    ["namespace", namespace],
  ]);
  return query.replaceAll(variable, (written, braced, bare) => values.get(braced ?? bare) ?? written);
}

/** Names of the variables that are still in a query, each once. */
export function openVariables(query: string): string[] {
  return [...new Set([...query.matchAll(variable)].map(([, braced, bare]) => braced ?? bare ?? ""))];
}

/** Not a regular expression's `$` at its end, which no name follows. */
const variable = /\$(?:\{([A-Za-z_]\w*)(?::\w+)?\}|([A-Za-z_]\w*))/g;
