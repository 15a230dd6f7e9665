import { crc32 } from "node:zlib";
import { CRC_BYTES, FrameError, PRELUDE_BYTES } from "./frame.ts";
import { type HeaderValue, readHeaders } from "./headers.ts";

/** A frame taken apart. The payload is a view of the bytes it came from. */
export interface Frame {
  readonly headers: Readonly<Record<string, HeaderValue>>;
  readonly payload: Buffer;
}

/** What the SDKs take at most. */
const MAX_HEADERS_BYTES = 128 * 1024;
const MAX_PAYLOAD_BYTES = 24 * 1024 * 1024;

/** Takes one frame apart. Throws FrameError unless the bytes are exactly that. */
export function decodeFrame(bytes: Buffer): Frame {
  if (frameBytes(bytes) !== bytes.length) throw new FrameError("The frame is not as long as it says.");
  const crcAt = bytes.length - CRC_BYTES;
  if (crc32(bytes.subarray(0, crcAt)) !== bytes.readUInt32BE(crcAt)) throw new FrameError("The frame's CRC is wrong.");
  const payloadAt = PRELUDE_BYTES + bytes.readUInt32BE(4);
  return {
    headers: readHeaders(bytes.subarray(PRELUDE_BYTES, payloadAt)),
    payload: bytes.subarray(payloadAt, crcAt),
  };
}

/** The frames in a stream of bytes, however it is cut into chunks. Throws FrameError. */
export async function* decodeFrames(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Frame> {
  let held: Uint8Array[] = [];
  let heldBytes = 0;
  let wantedBytes = PRELUDE_BYTES;
  for await (const chunk of chunks) {
    held.push(chunk);
    heldBytes += chunk.length;
    if (heldBytes < wantedBytes) continue;
    let rest = Buffer.concat(held);
    for (wantedBytes = frameBytes(rest); wantedBytes <= rest.length; wantedBytes = frameBytes(rest)) {
      yield decodeFrame(rest.subarray(0, wantedBytes));
      rest = rest.subarray(wantedBytes);
    }
    held = [rest];
    heldBytes = rest.length;
  }
  if (heldBytes > 0) throw new FrameError("The stream ends within a frame.");
}

/** The length of the frame that the bytes begin with, or of a prelude while there is none yet. */
function frameBytes(bytes: Buffer): number {
  if (bytes.length < PRELUDE_BYTES) return PRELUDE_BYTES;
  if (crc32(bytes.subarray(0, 8)) !== bytes.readUInt32BE(8)) throw new FrameError("The prelude's CRC is wrong.");
  const headersBytes = bytes.readUInt32BE(4);
  const payloadBytes = bytes.readUInt32BE(0) - PRELUDE_BYTES - headersBytes - CRC_BYTES;
  if (headersBytes > MAX_HEADERS_BYTES || payloadBytes > MAX_PAYLOAD_BYTES || payloadBytes < 0) {
    throw new FrameError("The prelude claims lengths that cannot be.");
  }
  return bytes.readUInt32BE(0);
}
