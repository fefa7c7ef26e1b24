/**
 * Whether a run may reach the services of a namespace: those of its target's, and those of namespaces that its own text
 * names, which the person has seen before it ran.
 */
export function mayReach(namespace: string, target: string, script: string): boolean {
  if (namespace === target) return true;
  // A namespace is a DNS label: nothing in it means anything to a regular expression but itself.
  return new RegExp(`(?<![a-z0-9-])${namespace}(?![a-z0-9-])`, "i").test(script);
}
