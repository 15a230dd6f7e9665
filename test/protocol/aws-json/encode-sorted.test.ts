import fc from "fast-check";
import { expect, test } from "vitest";
import { Base64 } from "../../../src/kernel/base64.ts";
import {
  blob,
  boolean,
  integer,
  list,
  map,
  passedString,
  type StructureShape,
  string,
  structure,
  timestamp,
} from "../../../src/model/shape.ts";
import { sortedJsonOf } from "../../../src/protocol/aws-json/encode-sorted.ts";
import { passed } from "../../support/passed-text.ts";

const text = (shape: StructureShape, value: unknown) => Buffer.from(sortedJsonOf(shape, value)).toString();

// Kinesis reference 1.7

test("members stand in alphabetical order, whatever their order in the shape and in the value", () => {
  const shape = structure({ B: integer(), a: boolean(), A: structure({ Y: string(), X: string() }) });
  expect(text(shape, { a: true, A: { Y: "y", X: "x" }, B: 1 })).toBe('{"A":{"X":"x","Y":"y"},"B":1,"a":true}');
});

test("members that are undefined are left out", () => {
  const shape = structure({ A: string(), B: blob(), C: integer() });
  expect(text(shape, { A: undefined, B: undefined, C: 1 })).toBe('{"C":1}');
  expect(text(shape, {})).toBe("{}");
});

test("empty lists and maps stay what they are", () => {
  expect(text(structure({ A: list(string()), B: map(string()) }), { A: [], B: {} })).toBe('{"A":[],"B":{}}');
});

test("map entries keep their order and may have the key __proto__", () => {
  const entries = Object.assign(Object.create(null), { b: "1", a: "2", ["__proto__"]: "3" });
  expect(text(structure({ M: map(string()) }), { M: entries })).toBe('{"M":{"b":"1","a":"2","__proto__":"3"}}');
});

test.for([
  [0, "0"],
  [1_500, "1.5"],
  [-1_000, "-1"],
  [9_999_999_999, "9999999.999"],
  [10_000_000_000, "1.0E7"],
  [1_684_013_726_000, "1.684013726E9"],
  [1_679_520_584_772, "1.679520584772E9"],
  [1_700_000_000_000, "1.7E9"],
  [1_000_000_000_000, "1.0E9"],
  [100_000_000_000_000, "1.0E11"],
] as const)("the instant %d is written in seconds as %s", ([instant, expected]) => {
  expect(text(structure({ At: timestamp() }), { At: instant })).toBe(`{"At":${expected}}`);
  expect(Number(expected) * 1000).toBe(instant);
});

test.for([0, 1, 2, 3, 255, 256, 257, 1024, 100_000])("a blob of %d bytes is base64", (length) => {
  const bytes = Buffer.from(Array.from({ length }, (_, index) => (index * 7) % 256));
  expect(text(structure({ It: blob() }), { It: bytes })).toBe(`{"It":"${bytes.toString("base64")}"}`);
  expect(text(structure({ It: blob() }), { It: new Uint8Array(bytes) })).toBe(`{"It":"${bytes.toString("base64")}"}`);
});

test.for([0, 1, 2, 3, 255, 256, 257, 1024, 100_000])("%d bytes in base64 are written as they are", (length) => {
  const base64 = Buffer.alloc(length, 7).toString("base64");
  const memory = Buffer.from(`<${base64}>`);
  const It = new Base64(memory.subarray(1, -1));
  expect(text(structure({ It: blob(), Z: string() }), { It, Z: "z" })).toBe(`{"It":"${base64}","Z":"z"}`);
});

test("a view into a larger buffer is written as the view, not as the buffer", () => {
  const view = new Uint8Array(600).fill(1).subarray(100, 500);
  expect(text(structure({ It: blob() }), { It: view })).toBe(`{"It":"${Buffer.from(view).toString("base64")}"}`);
});

test("texts of every kind are written as JSON writes them, around blobs of every size", () => {
  const shape = structure({ Records: list(structure({ Data: blob(), Key: string() })), Names: map(string()) });
  const record = fc.record({ Data: fc.uint8Array({ maxLength: 600 }), Key: fc.string({ unit: "binary" }) });
  const value = fc.record({
    Records: fc.array(record, { maxLength: 40 }),
    Names: fc.dictionary(fc.string({ unit: "binary" }), fc.string()),
  });
  fc.assert(
    fc.property(value, (given) => {
      const Records = given.Records.map(({ Data, Key }) => ({ Data: Buffer.from(Data).toString("base64"), Key }));
      expect(text(shape, given)).toBe(JSON.stringify({ Names: given.Names, Records }));
    }),
  );
});

test("a text is the same, be it a string or written as bytes, before a blob and behind it", () => {
  const shape = structure({ A: passedString(), B: blob(), C: passedString(), D: string() });
  const anyText = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.stringMatching(/^[ -~]{0,80}$/),
    fc.stringMatching(/^\d{56}$/),
  );
  fc.assert(
    fc.property(anyText, anyText, fc.nat(600), (A, C, length) => {
      const D = "behind";
      const B = Buffer.alloc(length);
      expect(text(shape, { A: passed(A), B, C: passed(C), D })).toBe(text(shape, { A, B, C, D }));
    }),
  );
});

test("a list whose items differ much is written whole, whichever of them were looked at for the room", () => {
  const shape = structure({ Records: list(structure({ Data: blob() })) });
  const sizes = fc.array(fc.oneof({ weight: 9, arbitrary: fc.constant(0) }, fc.nat(40_000)), { maxLength: 70 });
  fc.assert(
    fc.property(sizes, (lengths) => {
      const Records = lengths.map((length) => ({ Data: Buffer.alloc(length, length) }));
      const expected = Records.map(({ Data }) => ({ Data: Data.toString("base64") }));
      expect(text(shape, { Records })).toBe(JSON.stringify({ Records: expected }));
    }),
    { numRuns: 30 },
  );
});

test("a long document without blobs is written whole", () => {
  const Keys = Array.from({ length: 1_000 }, (_, index) => `é${index}`.repeat(20));
  expect(text(structure({ Keys: list(string()) }), { Keys })).toBe(JSON.stringify({ Keys }));
});
