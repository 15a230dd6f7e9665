import fc from "fast-check";
import { expect, test } from "vitest";
import { NumberText, StoredText } from "../../../../src/engine/stream/shard/logged-record.ts";
import { SequenceNumbers } from "../../../../src/engine/stream/shard/sequence-number.ts";
import type { PassedText } from "../../../../src/kernel/utf8.ts";

/** What the text writes into the middle of some memory, which has to be all that it touches. */
function written(text: PassedText): string {
  const bytes = Buffer.alloc(text.mostBytes + 16, "#");
  const end = text.write(new DataView(bytes.buffer, bytes.byteOffset, bytes.length), 8);
  expect(bytes.toString("latin1", 0, 8) + bytes.toString("latin1", 8 + text.mostBytes)).toBe("#".repeat(16));
  return bytes.toString("utf8", 8, end);
}

test("a sequence number is written as it is told, whatever was asked for before", () => {
  const index = fc.oneof(fc.nat(9), fc.nat(2 ** 27), fc.maxSafeNat());
  const asked = fc.array(fc.record({ index, second: fc.constantFrom(1700000000, 1700000003, 1900000000) }), {
    maxLength: 12,
  });
  fc.assert(
    fc.property(fc.nat(20_000), asked, (shardIndex, all) => {
      const [some, others] = [new SequenceNumbers(shardIndex, 1700000001), new SequenceNumbers(shardIndex, 1700000001)];
      for (const { index, second } of all) {
        const text = new NumberText(some, index, second);
        expect([written(text), text.isDigits]).toEqual([others.of(index, second), true]);
      }
    }),
  );
});

test("a text in memory is written as it is read", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 256 }), (string) => {
      const around = Buffer.from(`<${string}>`);
      const text = new StoredText(around, 1, around.length - 1);
      expect([written(text), text.toString()]).toEqual([
        around.toString("utf8", 1, around.length - 1),
        text.toString(),
      ]);
      expect(text.toString()).toBe(Buffer.from(string).toString());
    }),
  );
});
