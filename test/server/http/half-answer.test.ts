import { expect, test } from "vitest";
import { firstHalf } from "../../../src/server/http/half-answer.ts";

const BYTES = new Uint8Array([1, 2, 3, 4, 5]);

async function* pieces() {
  yield new Uint8Array();
  yield BYTES;
  throw new Error("No more than one piece is asked for.");
}

test.for([
  ["a text", "abcdef", "abc", 6],
  ["a text of characters of several bytes", "ääää", "ää", 8],
  ["bytes", BYTES, "\x01\x02", 5],
  ["nothing, which is announced as something", "", " ", 2],
  ["a single byte, which is announced as more", "a", "a", 3],
  ["a body that is made on the way", pieces(), "\x01\x02", 5],
] as const)("of %s", async ([, body, begins, announced]) => {
  const half = await firstHalf(body);
  expect(Buffer.from(half.bytes).toString()).toBe(begins);
  expect(half.announced).toBe(announced);
});
