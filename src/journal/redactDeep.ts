import { redactText } from "./redaction.ts";

/** A value of JSON with what looks like a secret masked in each of its texts: whatever is masked, it stays JSON. */
export function redactDeep(value: unknown): unknown {
  if (typeof value === "string") return redactText(value, []);
  if (Array.isArray(value)) return value.map(redactDeep);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, redactDeep(one)]));
}
