const mostCharacters = 40;

/** A text as part of a file's name: small letters, digits and hyphens, `chart` where none is left. */
export function slug(text: string): string {
  const words =
    text
      .slice(0, 200)
      .toLowerCase()
      .match(/[a-z0-9]+/g) ?? [];
  return words.join("-").slice(0, mostCharacters).replace(/-$/, "") || "chart";
}
