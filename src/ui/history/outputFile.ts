import { type FileHandle, open } from "node:fs/promises";
import type { OutputTail } from "./copyRun.ts";

/** The end of a file, at most so many bytes, beginning with a line where it does not begin with the file. Empty where there is no file. */
export async function readTail(path: string, mostBytes: number): Promise<OutputTail> {
  const file = await openOrNull(path);
  if (!file) return { bytes: new Uint8Array(), from: 0 };
  try {
    const { size } = await file.stat();
    const from = Math.max(0, size - mostBytes);
    const { buffer, bytesRead } = await file.read(Buffer.alloc(size - from), 0, size - from, from);
    const bytes = buffer.subarray(0, bytesRead);
    const begin = from === 0 ? 0 : bytes.indexOf("\n") + 1;
    return { bytes: bytes.subarray(begin), from: from + begin };
  } finally {
    await file.close();
  }
}

/** The size of a file in bytes; 0 where there is none. */
export async function fileSize(path: string): Promise<number> {
  const file = await openOrNull(path);
  if (!file) return 0;
  try {
    return (await file.stat()).size;
  } finally {
    await file.close();
  }
}

async function openOrNull(path: string): Promise<FileHandle | null> {
  try {
    return await open(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
}
