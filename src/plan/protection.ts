/** Whether a context is protected: whether one of the patterns (`*` any text, `?` one character, any case) fits it whole. */
export function isProtected(context: string, patterns: readonly string[]): boolean {
  return patterns.some((pattern) => globPattern(pattern).test(context));
}

function globPattern(glob: string): RegExp {
  const escaped = glob.replaceAll(/[.+^${}()|[\]\\]/g, "\\$&");
  return new RegExp(`^${escaped.replaceAll("*", "[^]*").replaceAll("?", "[^]")}$`, "i");
}
