import type { IncomingMessage } from "node:http";

const EMPTY = Buffer.alloc(0);

/**
 * Hands over the whole body, or undefined as soon as it has grown past `maxBytes`. What follows then is read and
 * dropped, so that the client gets to see its answer; one who goes on as long again is cut off.
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
    if (size <= maxBytes && !request.aborted) done(several === undefined ? only : Buffer.concat(several, size));
  });
}
