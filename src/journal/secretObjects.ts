/** The fields of a Secret whose values are secret. */
export const secretFields: ReadonlySet<string> = new Set(["data", "stringData"]);

/** The API server keeps no object larger than 1.5 MiB: where a text goes on for longer, it is none. In bytes. */
export const longestObject = 2 * 1024 * 1024;

/**
 * Whether the values of an object that was cut off before its kind are those of a Secret: base64, and one of them
 * shows it.
 */
export function areBase64(values: readonly string[]): boolean {
  const base64 = /^[A-Za-z0-9+/]*={0,2}$/;
  return (
    values.every((value) => base64.test(value)) && values.some((value) => value.endsWith("=") || value.length > 20)
  );
}
