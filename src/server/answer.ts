import type { ServerResponse } from "node:http";
import type { WireResponse } from "../protocol/protocol.ts";
import { carrierOf } from "./carrier.ts";
import { crossOriginHeaders } from "./cors.ts";

/** Whether the body is there already, rather than made while it is sent. */
export function isWhole(body: WireResponse["body"]): body is string | Uint8Array {
  return typeof body === "string" || body instanceof Uint8Array;
}

/**
 * Sends the answer; Node adds `Date`. `onLeft` runs once all of it is in the operating system's hands, and never when
 * the connection ends before that. Of a body made on the way, the promise tells the end.
 */
export function sendAnswer(
  response: ServerResponse,
  { status, headers, body }: WireResponse,
  { isCrossOrigin, onLeft }: { readonly isCrossOrigin: boolean; readonly onLeft: (() => void) | undefined },
): Promise<void> | undefined {
  const raw: string[] = isCrossOrigin ? [...crossOriginHeaders] : [];
  for (const name in headers) raw.push(name, headers[name]!);
  if (!isWhole(body)) {
    response.writeHead(status, raw);
    return pour(body, response, onLeft);
  }
  raw.push("Content-Length", String(Buffer.byteLength(body)));
  response.writeHead(status, raw);
  response.end(body, onLeft);
  return undefined;
}

/** Takes the next piece when the client has taken the last, and no more once it has hung up. */
async function pour(
  body: AsyncIterable<Uint8Array>,
  response: ServerResponse,
  onLeft: (() => void) | undefined,
): Promise<void> {
  const carrier = carrierOf(response.req);
  for await (const chunk of body) {
    if (!response.write(chunk)) await drained(response);
    if (carrier.destroyed) return;
  }
  response.end(onLeft);
}

function drained(response: ServerResponse): Promise<void> {
  const carrier = carrierOf(response.req);
  return new Promise((resolve) => {
    const go = () => {
      response.off("drain", go);
      carrier.off("close", go);
      resolve();
    };
    response.on("drain", go);
    carrier.on("close", go);
  });
}
