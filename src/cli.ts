#!/usr/bin/env node
import { homedir } from "node:os";
import { dirname } from "node:path";
import { isatty } from "node:tty";
import { fileURLToPath } from "node:url";
import { main } from "./cli/main.ts";

// The streams of this process are made when they are first written to: that makes their descriptors non-blocking, and
// what blocks print goes to the descriptors themselves.
const streams = new Set<NodeJS.WritableStream>();

process.exitCode = await main(process.argv.slice(2), {
  wasmFolder: dirname(fileURLToPath(import.meta.url)),
  directory: process.cwd(),
  stdin: process.stdin,
  write: (text) => write(process.stdout, text),
  complain: (text) => write(process.stderr, text),
  interactive: isatty(0) && isatty(2),
  outputFd: 1,
  errorsFd: 2,
  environment: process.env,
  home: homedir(),
  signals: process,
  die: (signal) => process.kill(process.pid, signal),
});

function write(stream: NodeJS.WritableStream, text: string): void {
  if (!streams.has(stream)) {
    streams.add(stream);
    // A reader that has seen enough, as `head`, is no failure.
    stream.on("error", (error: NodeJS.ErrnoException) => {
      if (error.code !== "EPIPE") throw error;
    });
  }
  stream.write(text);
}
