import { usageError } from "./cliError.ts";

/**
 * The name that an option gives; null where it is not given. An empty one comes from a variable of a script that is not set.
 * @throws CliError `usage`
 */
export function readName(option: string, value: string | undefined): string | null {
  if (value === "") throw usageError(`--${option} wants a name.`);
  return value ?? null;
}
