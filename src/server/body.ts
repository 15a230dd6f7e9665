import type { IncomingMessage } from "node:http";
import { Scratch } from "../kernel/scratch.ts";

const EMPTY = Buffer.alloc(0);
/** Where bodies that come in pieces are put together, one after the other. */
const scratch = new Scratch();

/**
 * Hands over the whole body, which is there until `done` returns, or undefined as soon as it has grown past `maxBytes`.
 * What follows then is read and dropped, so that the client gets to see its answer; one who goes on as long again is cut
 * off.
 */
export function readBody(request: IncomingMessage, maxBytes: number, done: (body: Buffer | undefined) => void): void {
  let only: Buffer = EMPTY;
  let several: Buffer[] | undefined;
  let size = 0;
  request.on("data", (chunk: Buffer) => {
    const sizeBefore = size;
    size += chunk.length;
    if (size > maxBytes) {
      several = undefined;
      if (sizeBefore <= maxBytes) done(undefined);
      else if (size > 2 * maxBytes) request.destroy();
    } else if (sizeBefore === 0) only = chunk;
    else if (several === undefined) several = [only, chunk];
    else several.push(chunk);
  });
  request.on("end", () => {
    // HTTP/2 requests end even when the connection breaks off in the middle.
    if (size <= maxBytes && !request.aborted) done(several === undefined ? only : joined(several, size));
  });
}

function joined(pieces: readonly Buffer[], size: number): Buffer {
  const whole = scratch.take(size);
  let used = 0;
  for (const piece of pieces) used += piece.copy(whole, used);
  return whole.subarray(0, size);
}
