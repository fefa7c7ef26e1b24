/** Whether a path is an example, and not meant to exist anywhere. */
export function isSamplePath(path: string): boolean {
  return path === "/path/to" || path.startsWith("/path/to/");
}

/** A sample path, or one below it, with the folder it stands for put in; null where none is known. */
export function mapSamplePath(path: string, paths: Readonly<Record<string, string>>): string | null {
  const fits = Object.keys(paths).filter((name) => path === name || path.startsWith(`${name.replace(/\/$/, "")}/`));
  const longest = fits.sort((one, other) => other.length - one.length)[0];
  const folder = longest === undefined ? undefined : paths[longest];
  if (longest === undefined || !folder) return null;
  return `${folder.replace(/\/$/, "")}${path.slice(longest.replace(/\/$/, "").length)}`;
}
