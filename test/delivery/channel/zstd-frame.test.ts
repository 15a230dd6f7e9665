import { expect, test } from "vitest";
import { zstdFrame } from "../../../src/delivery/channel/zstd-frame.ts";

const MAX = 128 * 1024;

test.for([
  ["nothing", "", "28b52ffd" + "a0" + "00000000" + "010000"],
  ["three bytes", "abc", "28b52ffd" + "a0" + "03000000" + "190000" + "616263"],
] as const)("%s", ([, text, hex]) => {
  expect(zstdFrame(Buffer.from(text)).toString("hex")).toBe(hex);
});

/** Takes a frame of raw blocks apart, by the format of RFC 8878. */
function blocksOf(
  frame: Buffer,
): readonly { readonly isLast: boolean; readonly type: number; readonly bytes: Buffer }[] {
  const blocks = [];
  for (let at = 9; at < frame.length; ) {
    const header = frame.readUIntLE(at, 3);
    const bytes = frame.subarray(at + 3, at + 3 + (header >> 3));
    blocks.push({ isLast: (header & 1) === 1, type: (header >> 1) & 3, bytes });
    at += 3 + bytes.length;
  }
  return blocks;
}

test.for([
  { bytes: MAX, lengths: [MAX] },
  { bytes: MAX + 1, lengths: [MAX, 1] },
  { bytes: 2 * MAX, lengths: [MAX, MAX] },
])("$bytes bytes are in raw blocks of at most 128 KiB, of which the last says so", ({ bytes, lengths }) => {
  const content = Buffer.alloc(bytes, 7);
  const frame = zstdFrame(content);
  const blocks = blocksOf(frame);
  expect(blocks.map((block) => block.bytes.length)).toEqual(lengths);
  expect(blocks.map(({ isLast }) => isLast)).toEqual(lengths.map((_, index) => index === lengths.length - 1));
  expect(blocks.every(({ type }) => type === 0)).toBe(true);
  expect(Buffer.concat(blocks.map((block) => block.bytes)).equals(content)).toBe(true);
  expect(frame.readUInt32LE(5)).toBe(bytes);
});
