import fc from "fast-check";
import { expect, test } from "vitest";
import { Base64, base64Of, bytesOf, decodedLength } from "../../src/kernel/base64.ts";

test("bytes in base64 are as many and the same as the bytes themselves", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
      const text = Buffer.from(bytes).toString("base64");
      const data = new Base64(Buffer.from(text));
      expect(data.length).toBe(bytes.length);
      expect(bytesOf(data)).toEqual(Buffer.from(bytes));
      expect([base64Of(data), base64Of(bytes), String(data)]).toEqual([text, text, text]);
      expect(decodedLength(Buffer.from(`=${text}=`), 1, text.length + 1)).toBe(bytes.length);
    }),
  );
});

test("a view into larger memory is what it shows", () => {
  const memory = new TextEncoder().encode("=AAE==");
  const data = new Base64(memory.subarray(1, 5));
  expect([data.length, base64Of(data), bytesOf(data)]).toEqual([2, "AAE=", Buffer.from([0, 1])]);
  expect(bytesOf(new Uint8Array([9, 0, 1, 9]).subarray(1, 3))).toEqual(Buffer.from([0, 1]));
});

test("a copy stays when the memory it came from is used again", () => {
  const memory = Buffer.from("AAE=");
  const copy = new Base64(memory).copy();
  memory.fill("x");
  expect(String(copy)).toBe("AAE=");
});
