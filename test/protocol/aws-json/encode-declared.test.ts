import fc from "fast-check";
import { expect, test } from "vitest";
import { list, map, type StructureShape, string, structure } from "../../../src/model/shape.ts";
import { declaredJsonOf } from "../../../src/protocol/aws-json/encode-declared.ts";
import { jsonOf } from "../../../src/protocol/json-body.ts";
import { anInput } from "../arbitrary.ts";

const text = (shape: StructureShape, value: unknown) => Buffer.from(declaredJsonOf(shape, value)).toString();

test("whatever the output, it is written as the writer of plain texts writes it", () => {
  fc.assert(
    fc.property(anInput(), ({ shape, value }) => {
      expect(text(shape, value)).toBe(jsonOf(shape, value));
    }),
  );
});

/** A text that may be long, with something here and there that may need escaping. */
const longText = fc
  .array(fc.tuple(fc.integer({ min: 1, max: 60_000 }), fc.string({ unit: "binary", maxLength: 2 })), {
    minLength: 1,
    maxLength: 4,
  })
  .map((parts) => parts.map(([count, stray]) => "m".repeat(count) + stray).join(""));

test("long texts are written as JSON writes them, whatever is in them and around them", () => {
  const shape = structure({
    Before: string(),
    Messages: list(structure({ Body: string(), Id: string() })),
    Names: map(string()),
  });
  const value = fc.record({
    Before: longText,
    Messages: fc.array(fc.record({ Body: longText, Id: fc.string({ unit: "binary" }) }), { maxLength: 3 }),
    Names: fc.dictionary(fc.string({ unit: "binary" }), longText, { maxKeys: 2 }),
  });
  fc.assert(
    fc.property(value, (given) => {
      expect(text(shape, given)).toBe(JSON.stringify(given));
    }),
  );
});

test.for(["\ud800", "é", "🎉", '"', "\\", "\n", "\u0000", "\u007f", "\u2028"])(
  "a long text that ends with %j is written as JSON writes it",
  (end) => {
    const It = "m".repeat(70_000) + end;
    expect(text(structure({ It: string() }), { It })).toBe(JSON.stringify({ It }));
    expect(text(structure({ It: string() }), { It: end + It })).toBe(JSON.stringify({ It: end + It }));
  },
);
