/** What may be the name of a workload in a script: the values of selectors, names behind a kind, and hosts. */
export function possibleWorkloads(script: string): string[] {
  const found = script.matchAll(
    /(?:app(?:\.kubernetes\.io\/name)?=|(?:deployment|statefulset|daemonset|deploy|sts|ds)[ /]|https?:\/\/)([a-z0-9](?:[a-z0-9-]*[a-z0-9])?)/g,
  );
  return [...new Set([...found].map(([, name = ""]) => name))];
}
