import { crc32 } from "node:zlib";
import { CRC_BYTES, HeaderType, PRELUDE_BYTES } from "./frame.ts";

/** What a header takes beside its name and its text: the lengths of both, and the type. */
const HEADER_BYTES = 4;

/** The frame with these headers, in the order they are given in, all of them texts. */
export function encodeFrame(headers: Readonly<Record<string, string>>, payload: string | Uint8Array): Buffer {
  const headersBytes = sizeOf(headers);
  const frame = Buffer.allocUnsafe(PRELUDE_BYTES + headersBytes + Buffer.byteLength(payload) + CRC_BYTES);
  frame.writeUInt32BE(frame.length, 0);
  frame.writeUInt32BE(headersBytes, 4);
  frame.writeUInt32BE(crc32(frame.subarray(0, 8)), 8);
  const payloadAt = writeHeaders(frame, headers);
  if (typeof payload === "string") frame.write(payload, payloadAt, "utf8");
  else frame.set(payload, payloadAt);
  const crcAt = frame.length - CRC_BYTES;
  frame.writeUInt32BE(crc32(frame.subarray(0, crcAt)), crcAt);
  return frame;
}

function sizeOf(headers: Readonly<Record<string, string>>): number {
  let bytes = 0;
  for (const [name, text] of Object.entries(headers)) {
    bytes += HEADER_BYTES + Buffer.byteLength(name) + Buffer.byteLength(text);
  }
  return bytes;
}

/** Yields where the headers end. */
function writeHeaders(frame: Buffer, headers: Readonly<Record<string, string>>): number {
  let at = PRELUDE_BYTES;
  for (const [name, text] of Object.entries(headers)) {
    at = frame.writeUInt8(Buffer.byteLength(name), at);
    at += frame.write(name, at, "utf8");
    at = frame.writeUInt8(HeaderType.text, at);
    at = frame.writeUInt16BE(Buffer.byteLength(text), at);
    at += frame.write(text, at, "utf8");
  }
  return at;
}
