import fc from "fast-check";
import { expect, test } from "vitest";
import { decodeFiles, encodeFiles } from "../../../src/app/compiled-code/code-file.ts";

const someFiles = fc
  .dictionary(
    fc.string(),
    fc.record({
      sourceChecksum: fc.nat({ max: 2 ** 32 - 1 }),
      code: fc.uint8Array({ maxLength: 60 }).map((bytes) => Buffer.from(bytes)),
    }),
  )
  .map((files) => new Map(Object.entries(files)));

test("compiled files are read as they were written, each where V8 need not copy it", () => {
  fc.assert(
    fc.property(someFiles, (files) => {
      const bytes = encodeFiles(files);
      const read = decodeFiles(bytes);
      expect(read).toEqual(files);
      for (const { code } of read?.values() ?? []) expect((code.byteOffset - bytes.byteOffset) % 8).toBe(0);
    }),
  );
});

test("a file that is cut off, longer, or different in a single bit is none", () => {
  const cut = fc.record({ how: fc.constant("cut" as const), at: fc.nat() });
  const longer = fc.record({
    how: fc.constant("longer" as const),
    tail: fc.uint8Array({ minLength: 1, maxLength: 9 }),
  });
  const flipped = fc.record({ how: fc.constant("flipped" as const), at: fc.nat(), bit: fc.nat({ max: 7 }) });
  fc.assert(
    fc.property(someFiles, fc.oneof(cut, longer, flipped), (files, damage) => {
      const bytes = encodeFiles(files);
      if (damage.how === "cut") expect(decodeFiles(bytes.subarray(0, damage.at % bytes.length))).toBeUndefined();
      if (damage.how === "longer") expect(decodeFiles(Buffer.concat([bytes, damage.tail]))).toBeUndefined();
      if (damage.how !== "flipped") return;
      const at = damage.at % bytes.length;
      bytes.writeUInt8(bytes.readUInt8(at) ^ (1 << damage.bit), at);
      expect(decodeFiles(bytes)).toBeUndefined();
    }),
    { numRuns: 1000 },
  );
});

test("what is no such file is none", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
      expect(decodeFiles(Buffer.from(bytes))).toBeUndefined();
    }),
  );
});
