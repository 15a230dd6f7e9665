import { expect, test } from "vitest";
import { BodyPieces } from "../../../src/kernel/http/body-pieces.ts";
import { digitsEndIn } from "../../../src/kernel/webassembly/searchable-bytes.ts";

function bodyOf(...pieces: readonly Buffer[]): Buffer {
  const body = new BodyPieces();
  for (const piece of pieces) body.add(piece);
  return body.whole(pieces.reduce((sum, { length }) => sum + length, 0));
}

test("a body is its pieces, one behind the other", () => {
  expect(bodyOf()).toEqual(Buffer.alloc(0));
  expect(bodyOf(Buffer.from("a"))).toEqual(Buffer.from("a"));
  expect(bodyOf(Buffer.from("ab"), Buffer.from("c"))).toEqual(Buffer.from("abc"));
  const many = Array.from({ length: 600 }, (_, index) => Buffer.alloc(index, index));
  expect(bodyOf(...many).equals(Buffer.concat(many))).toBe(true);
});

test("a long body can be searched for the end of base64", () => {
  const half = Buffer.alloc(64 * 1024, "A");
  const body = bodyOf(half, half);
  expect(body.equals(Buffer.concat([half, half]))).toBe(true);
  expect(digitsEndIn(body)?.(body.byteOffset, body.byteOffset + body.length)).toBe(body.byteOffset + body.length);
});
