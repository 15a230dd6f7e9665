import type { RequestListener } from "node:http";
import type { Socket } from "node:net";
import { nextTurn } from "../../kernel/time/system-clock.ts";

/** How many requests of a connection wait for the answers before theirs. */
const waiting = new WeakMap<Socket, number>();

/**
 * Has each request of a connection begin once the answers before its own have left, in a later turn of the event loop, and nothing more
 * be read while one waits: Node hands over all that somebody sends in one piece at once, thousands of requests, and goes on with them when the
 * client is long gone.
 */
export function oneAtATime(serve: RequestListener): RequestListener {
  return (request, response) => {
    const { socket } = request;
    // A response has its socket when it is its turn.
    if (response.socket !== null) return serve(request, response);
    waiting.set(socket, (waiting.get(socket) ?? 0) + 1);
    socket.pause();
    response.once("socket", async () => {
      await nextTurn();
      if (socket.destroyed) return;
      const left = (waiting.get(socket) ?? 1) - 1;
      waiting.set(socket, left);
      if (left === 0) socket.resume();
      serve(request, response);
    });
  };
}
