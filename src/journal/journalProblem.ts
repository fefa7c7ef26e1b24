const full = new Set(["ENOSPC", "EDQUOT", "EFBIG"]);

/** For a person: why a run cannot be written down, and what to do. */
export function journalProblem(error: unknown, folder: string): string {
  const code = (error as NodeJS.ErrnoException).code ?? "";
  const message = error instanceof Error ? error.message : String(error);
  if (full.has(code)) {
    return `The disk that holds the run journal (${folder}) is full. The run goes on, but not all of its output is kept. Free some space: the next run is kept again.`;
  }
  return `The run journal in ${folder} cannot be written (${message}). The run goes on, but not all of its output is kept. See that you own this folder and may write to it: the next run is kept again.`;
}
