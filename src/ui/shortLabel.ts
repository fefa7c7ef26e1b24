const mostLabel = 26;

/** A label that leaves room behind it: a sidebar is narrow, and what stands behind is what changes. */
export function shortLabel(text: string): string {
  return text.length > mostLabel ? `${text.slice(0, mostLabel).trimEnd()}…` : text;
}
