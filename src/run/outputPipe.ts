import { execFile } from "node:child_process";
import { closeSync, constants, openSync } from "node:fs";
import { Socket } from "node:net";
import { promisify } from "node:util";

/** A pipe for both outputs of a script, by which their order is kept. */
export interface OutputPipe {
  /** Scripts can open it again, as they do by /dev/stderr: Node's own pipes are sockets, which cannot be opened. */
  readonly path: string;
  readonly reader: Socket;
  /** For the child. */
  readonly writer: number;
  /** For when the child has ended: until then the reader sees no end, even where a script has turned its output away. */
  closeWriter(): void;
  /** Gives both ends back. */
  close(): void;
}

/** Makes a pipe at a path; the caller closes it. Raises what the system says. */
export async function openOutputPipe(path: string): Promise<OutputPipe> {
  await promisify(execFile)("mkfifo", ["-m", "600", path]);
  // A pipe opens for writing only when somebody reads, and for reading at once only without waiting.
  const reader = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  let writer: number | undefined;
  const closeWriter = () => {
    if (writer !== undefined) closeSync(writer);
    writer = undefined;
  };
  try {
    writer = openSync(path, constants.O_WRONLY);
    const socket = new Socket({ fd: reader, readable: true, writable: false });
    const close = () => {
      closeWriter();
      socket.destroy();
    };
    return { path, reader: socket, writer, closeWriter, close };
  } catch (error) {
    closeSync(reader);
    closeWriter();
    throw error;
  }
}
