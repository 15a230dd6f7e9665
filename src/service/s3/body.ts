import type { Call } from "../service.ts";
import { IncompleteBody } from "./errors.ts";

const LF = 10;

/** The bytes that are meant, in memory of their own: what comes in signed or checked chunks is taken out of those. Throws IncompleteBody. */
export function bodyOf(call: Call, body: Uint8Array | undefined): Uint8Array {
  const isChunked =
    call.header("x-amz-content-sha256")?.startsWith("STREAMING-") === true ||
    call.header("content-encoding")?.includes("aws-chunked") === true;
  if (body === undefined) return new Uint8Array();
  return isChunked ? unchunked(body) : Uint8Array.from(body);
}

/** `<size in hex>[;chunk-signature=…]\r\n<bytes>\r\n`, until a size of 0; trailers may follow. */
function unchunked(body: Uint8Array): Uint8Array {
  const chunks: Uint8Array[] = [];
  for (let at = 0; ; ) {
    const end = body.indexOf(LF, at);
    if (end < 0) throw new IncompleteBody();
    const [size = ""] = Buffer.from(body.subarray(at, end)).toString("latin1").split(";");
    const length = /^[0-9a-fA-F]{1,8}\r?$/.test(size) ? Number.parseInt(size, 16) : Number.NaN;
    if (length === 0) return Buffer.concat(chunks);
    if (Number.isNaN(length) || end + 1 + length > body.length) throw new IncompleteBody();
    chunks.push(body.subarray(end + 1, end + 1 + length));
    at = end + 1 + length + 2;
  }
}
