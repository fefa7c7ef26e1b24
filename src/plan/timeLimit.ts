import { readDuration } from "./duration.ts";
import { PlanError } from "./planError.ts";

/**
 * How long a block may take, in ms: what its fence says (`bash timeout=5m`), else the setting; null for as long as it takes.
 * @throws PlanError `bad-timeout`
 */
export function timeLimit(attributes: Readonly<Record<string, string>>, setting: string): number | null {
  const own = attributes["timeout"];
  const text = own ?? setting;
  if (text.trim() === "") return null;
  const limit = readDuration(text);
  if (limit !== null) return limit;
  const where = own === undefined ? "the setting podbook.run.timeout" : "the fence of this block";
  throw new PlanError(
    "bad-timeout",
    `Not run: ${where} says timeout ${text}. Write a duration such as 90s, 5m or 1h30m.`,
  );
}
