import { constants } from "node:fs";
import { type FileHandle, mkdir, open, readFile } from "node:fs/promises";
import { dirname } from "node:path";

/** A file of lines that are only ever added, each on the disk before it counts. Several windows may add to one file. */
export class LineFile {
  readonly #handle: FileHandle;
  #queue: Promise<void> = Promise.resolve();

  private constructor(handle: FileHandle) {
    this.#handle = handle;
  }

  /**
   * Opens a file, made where it is not there (0600, its folder 0700), and gives what it holds.
   * @throws what the file system raises
   */
  static async open(path: string): Promise<{ file: LineFile; text: string }> {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    const handle = await open(path, constants.O_RDWR | constants.O_CREAT | constants.O_APPEND, 0o600);
    const text = await readFile(path, "utf8");
    // The next line must not continue what was cut off.
    if (text !== "" && !text.endsWith("\n")) await handle.appendFile("\n");
    return { file: new LineFile(handle), text };
  }

  /**
   * Adds a line, which holds no line end. Resolves when it is on the disk.
   * @throws what the file system raises
   */
  add(line: string): Promise<void> {
    const written = this.#queue.then(async () => {
      await this.#handle.appendFile(`${line}\n`);
      await this.#handle.datasync();
    });
    this.#queue = written.catch(() => {});
    return written;
  }

  async close(): Promise<void> {
    await this.#queue;
    await this.#handle.close();
  }
}
