import { type ErrorCode, Flag, FrameType } from "./frame.ts";

/*
 * Frames as texts, an octet a character: Node writes a short text to a socket more quickly than bytes, and pieces of text
 * become one at the least cost.
 */

/** The nine octets before a frame's payload. RFC 9113 §4.1 */
export function frameHead(length: number, type: number, flags: number, streamId: number): string {
  return String.fromCharCode(
    (length >>> 16) & 0xff,
    (length >>> 8) & 0xff,
    length & 0xff,
    type,
    flags,
    (streamId >>> 24) & 0xff,
    (streamId >>> 16) & 0xff,
    (streamId >>> 8) & 0xff,
    streamId & 0xff,
  );
}

/** The frames of a block of headers: one, and more if it is too long for that. */
export function headersFrames(streamId: number, block: string, isLast: boolean, maxFrameBytes: number): string {
  const flags = isLast ? Flag.END_STREAM : 0;
  if (block.length <= maxFrameBytes) {
    return frameHead(block.length, FrameType.HEADERS, flags | Flag.END_HEADERS, streamId) + block;
  }
  let frames = frameHead(maxFrameBytes, FrameType.HEADERS, flags, streamId) + block.slice(0, maxFrameBytes);
  for (let at = maxFrameBytes; at < block.length; at += maxFrameBytes) {
    const part = block.slice(at, at + maxFrameBytes);
    const end = at + maxFrameBytes >= block.length ? Flag.END_HEADERS : 0;
    frames += frameHead(part.length, FrameType.CONTINUATION, end, streamId) + part;
  }
  return frames;
}

/** Our settings: numbers and values in turn. */
export function settingsFrame(settings: readonly (readonly [setting: number, value: number])[]): string {
  let payload = "";
  for (const [setting, value] of settings)
    payload += String.fromCharCode(setting >>> 8, setting & 0xff) + uint32(value);
  return frameHead(payload.length, FrameType.SETTINGS, 0, 0) + payload;
}

/** Says that the client's settings are in force. */
export const settingsAck: string = frameHead(0, FrameType.SETTINGS, Flag.ACK, 0);

/** Gives the eight octets of a PING back. */
export function pingAck(payload: Buffer): string {
  return frameHead(payload.length, FrameType.PING, Flag.ACK, 0) + payload.toString("latin1");
}

/** Lets the client send that much more, on a stream or, with 0, on all of them together. */
export function windowUpdateFrame(streamId: number, bytes: number): string {
  return frameHead(4, FrameType.WINDOW_UPDATE, 0, streamId) + uint32(bytes);
}

export function resetFrame(streamId: number, code: ErrorCode): string {
  return frameHead(4, FrameType.RST_STREAM, 0, streamId) + uint32(code);
}

/** Says which stream is the last that is taken care of, why there will be no more, and in words what was wrong. */
export function goAwayFrame(lastStreamId: number, code: ErrorCode, why = ""): string {
  return frameHead(8 + why.length, FrameType.GOAWAY, 0, 0) + uint32(lastStreamId) + uint32(code) + why;
}

function uint32(value: number): string {
  return String.fromCharCode((value >>> 24) & 0xff, (value >>> 16) & 0xff, (value >>> 8) & 0xff, value & 0xff);
}
