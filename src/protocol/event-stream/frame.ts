/**
 * One frame of `application/vnd.amazon.eventstream`, all numbers big-endian:
 *
 *     total length u32 | headers length u32 | CRC-32 of these u32 | headers | payload | CRC-32 of all before u32
 *
 * and one header in it, here a text, which is what nearly all of them are:
 *
 *     name length u8 | name | type u8 | text length u16 | text
 */
export const PRELUDE_BYTES = 12;
export const CRC_BYTES = 4;

/** What kind of value a header has, as the frame says it. */
export const HeaderType = {
  true: 0,
  false: 1,
  byte: 2,
  short: 3,
  integer: 4,
  long: 5,
  bytes: 6,
  text: 7,
  timestamp: 8,
  uuid: 9,
} as const;

/** Bytes that are no frame. */
export class FrameError extends Error {
  override readonly name = "FrameError";
}
