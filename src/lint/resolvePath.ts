/** Puts a relative path behind an absolute folder; `.` and `..` are resolved. Both have `/` between their parts. */
export function resolvePath(folder: string, path: string): string {
  const parts: string[] = [];
  for (const part of `${folder}/${path}`.split("/")) {
    if (part === "..") parts.pop();
    else if (part !== "" && part !== ".") parts.push(part);
  }
  // A Windows folder begins with its drive instead of a slash.
  return /^[A-Za-z]:$/.test(parts[0] ?? "") ? parts.join("/") : `/${parts.join("/")}`;
}
