import fc from "fast-check";
import { expect, test } from "vitest";
import { utf8Length, writeUtf8 } from "../../src/kernel/utf8.ts";

const text = fc.oneof(
  fc.string({ unit: "binary", maxLength: 80 }),
  fc.string({ unit: "binary-ascii", minLength: 60, maxLength: 70 }),
  fc.constantFrom("", "é", "key-\u007f", "key-\u0080", "\ud800", "🎉"),
);

test("a text has the bytes that the runtime gives it, where it is to stand and nowhere else", () => {
  fc.assert(
    fc.property(text, fc.nat(10), (given, at) => {
      const { length } = Buffer.from(given);
      expect(utf8Length(given)).toBe(length);
      const bytes = Buffer.alloc(at + length + 10, "-");
      writeUtf8(given, bytes, at);
      expect(bytes).toEqual(Buffer.concat([Buffer.alloc(at, "-"), Buffer.from(given), Buffer.alloc(10, "-")]));
    }),
    { numRuns: 2_000 },
  );
});
