import type { Socket } from "node:net";

/** Breaks a connection so that the other side sees it break, not end; one that is ending already is closed. */
export function resetConnection(socket: Socket): void {
  // libuv refuses a reset while the end of a stream is being sent. Node does not notice: the socket would never close, and
  // keep its process from exiting.
  if (socket.writableEnded) socket.destroy();
  else socket.resetAndDestroy();
}
