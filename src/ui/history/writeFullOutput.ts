import { randomBytes } from "node:crypto";
import { createReadStream } from "node:fs";
import { access, link, open, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { RunRecord } from "../../journal/runRecord.ts";
import { fileSize } from "./outputFile.ts";
import { renderRun } from "./renderRun.ts";
import { clockTime, day } from "./runOutcome.ts";

/** Above this VS Code gives a document to no extension, so that it has neither links nor folding. In bytes. */
export const mostForExtensions = 50 * 1024 * 1024;
const chunkBytes = 1024 * 1024;

/** Raised when the person ended the work. */
export class CancelledError extends Error {
  readonly reason = "cancelled";
}

/** How work is watched: told how many bytes are done, and asked whether it goes on. */
export interface Work {
  readonly onProgress: (doneBytes: number) => void;
  readonly signal: AbortSignal;
}

/**
 * The file of a run's whole output for reading, beside its raw output; absolute path. Its text has commands, results and
 * no terminal sequences. Only where the raw output is larger than what extensions get, and is plain text as it is, it is
 * that file itself under another name. Made once; of a run that goes on, anew with what is there. Raises CancelledError.
 */
export async function writeFullOutput(record: RunRecord, raw: string, work: Work): Promise<string> {
  const path = join(dirname(raw), fullOutputName(record));
  if (record.ended && (await exists(path))) return path;
  const part = `${path}.${randomBytes(4).toString("hex")}.part`;
  try {
    const size = await fileSize(raw);
    const asItIs = record.ended !== null && size > mostForExtensions && (await isPlain(raw, work));
    if (!asItIs || !(await linked(raw, part))) await writeText(record, raw, size, part, work);
    await rename(part, path);
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  }
  return path;
}

/** Such as `Detection 2026-11-25 02.14.03.podbook-output`. */
export function fullOutputName({ start, ended }: RunRecord): string {
  const title = start.title
    .replaceAll(/[^\p{L}\p{N} ,()›_-]+/gu, " ")
    .replaceAll(/ +/g, " ")
    .trim()
    .slice(0, 60);
  const time = `${day(start.at)} ${clockTime(start.at).replaceAll(":", ".")}`;
  return `${title} ${time}${ended ? "" : " so far"}.podbook-output`.trimStart();
}

/** Whether a file is readable as it is: neither terminal sequences nor carriage returns, nor what makes it binary. */
async function isPlain(path: string, work: Work): Promise<boolean> {
  let done = 0;
  for await (const chunk of createReadStream(path, { highWaterMark: chunkBytes })) {
    if (work.signal.aborted) throw new CancelledError();
    const bytes = chunk as Buffer;
    if (bytes.includes(0x1b) || bytes.includes(0x0d) || bytes.includes(0)) return false;
    done += bytes.length;
    work.onProgress(done);
  }
  return true;
}

async function writeText(record: RunRecord, raw: string, size: number, path: string, work: Work): Promise<void> {
  const file = await open(path, "wx", 0o600);
  try {
    let texts: string[] = [];
    let waiting = 0;
    const write = async () => {
      await file.appendFile(texts.join(""));
      texts = [];
      waiting = 0;
    };
    const output = size === 0 ? [] : progressing(raw, size, work);
    for await (const { text } of renderRun(record, output, { times: true })) {
      if (work.signal.aborted) throw new CancelledError();
      texts.push(text);
      waiting += text.length;
      if (waiting >= chunkBytes) await write();
    }
    await write();
  } finally {
    await file.close();
  }
}

/** The first `size` bytes of a file, which may be growing. Small enough pieces that nothing else waits for long. */
async function* progressing(path: string, size: number, work: Work): AsyncGenerator<Buffer> {
  let done = 0;
  for await (const chunk of createReadStream(path, { end: size - 1, highWaterMark: chunkBytes / 4 })) {
    const bytes = chunk as Buffer;
    yield bytes;
    done += bytes.length;
    work.onProgress(done);
  }
}

/** Whether a file could be given a second name; some file systems know only one. */
async function linked(path: string, name: string): Promise<boolean> {
  try {
    await link(path, name);
    return true;
  } catch (error) {
    if (["EPERM", "ENOTSUP", "EOPNOTSUPP", "ENOSYS"].includes((error as NodeJS.ErrnoException).code ?? ""))
      return false;
    throw error;
  }
}

async function exists(path: string): Promise<boolean> {
  try {
    await access(path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return false;
    throw error;
  }
}
