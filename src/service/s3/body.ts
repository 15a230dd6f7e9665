import type { Call } from "../service.ts";
import type { Checksum } from "./asset-events.ts";
import { checkedSum } from "./checksum.ts";
import { IncompleteBody, InvalidChunkSizeError, MalformedTrailerError } from "./errors.ts";

const LF = 10;
/** AWS: of each chunk but the last, which may be shorter. Sigv4-streaming, S3 API reference. */
const SHORTEST_CHUNK = 8192;
/** GAP: as for headers, of which AWS takes so many bytes; what it takes of trailers is not known. */
const LONGEST_TRAILERS = 8192;

/** What a caller sends: the bytes that are meant, in memory of their own, and what they come to if he says so. */
interface Sent {
  readonly bytes: Uint8Array;
  readonly checksum: Checksum | undefined;
}

/** Bytes and what is said of them. Throws as `bodyOf` does, and BadDigest, InvalidDigest and InvalidRequest when that is not so. */
export function sentBody(call: Call, body: Uint8Array | undefined): Sent {
  const { bytes, trailers } = unwrapped(call, body);
  return { bytes, checksum: checkedSum(call, bytes, trailers) };
}

/** The bytes alone, whatever is said of them. Throws IncompleteBody, InvalidChunkSizeError and MalformedTrailerError. */
export function bodyOf(call: Call, body: Uint8Array | undefined): Uint8Array {
  return unwrapped(call, body).bytes;
}

/** What comes in signed or checked chunks is taken out of those. */
function unwrapped(call: Call, body: Uint8Array = new Uint8Array()): Unchunked {
  const isChunked =
    call.header("x-amz-content-sha256")?.startsWith("STREAMING-") === true ||
    call.header("content-encoding")?.includes("aws-chunked") === true;
  if (!isChunked) return { bytes: Uint8Array.from(body), trailers: NONE };
  const { bytes, trailers } = unchunked(body);
  const length = call.header("x-amz-decoded-content-length");
  if (length !== undefined && Number(length) !== bytes.length) throw new IncompleteBody();
  return { bytes, trailers };
}

interface Unchunked {
  readonly bytes: Uint8Array;
  readonly trailers: ReadonlyMap<string, string>;
}

const NONE: ReadonlyMap<string, string> = new Map();

/** `<size in hex>[;chunk-signature=…]\r\n<bytes>\r\n`, until a size of 0; trailers may follow, `name:value\r\n`. */
function unchunked(body: Uint8Array): Unchunked {
  const chunks: Uint8Array[] = [];
  for (let [at, isLast] = [0, false]; ; ) {
    const end = body.indexOf(LF, at);
    if (end < 0) throw new IncompleteBody();
    const [size = ""] = textOf(body.subarray(at, end)).split(";");
    const length = /^[0-9a-fA-F]{1,8}\r?$/.test(size) ? Number.parseInt(size, 16) : Number.NaN;
    if (length === 0) return { bytes: Buffer.concat(chunks), trailers: trailersIn(body.subarray(end + 1)) };
    if (Number.isNaN(length) || end + 1 + length > body.length) throw new IncompleteBody();
    if (isLast) throw new InvalidChunkSizeError();
    isLast = length < SHORTEST_CHUNK;
    chunks.push(body.subarray(end + 1, end + 1 + length));
    at = end + 1 + length + 2;
  }
}

function trailersIn(bytes: Uint8Array): ReadonlyMap<string, string> {
  if (bytes.length > LONGEST_TRAILERS) throw new MalformedTrailerError();
  const lines = textOf(bytes).split(/\r?\n/).filter(Boolean);
  return new Map(
    lines.map((line) => [
      line.slice(0, line.indexOf(":")).trim().toLowerCase(),
      line.slice(line.indexOf(":") + 1).trim(),
    ]),
  );
}

function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("latin1");
}
