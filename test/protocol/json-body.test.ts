import fc from "fast-check";
import { expect, test } from "vitest";
import { blob, boolean, double, integer, list, map, string, structure, timestamp } from "../../src/model/shape.ts";
import { jsonOf } from "../../src/protocol/json-body.ts";

const bytes = new Uint8Array([0, 1, 255]);

test("members that are undefined are left out", () => {
  expect(jsonOf(structure({ A: string(), B: blob() }), { A: undefined, B: undefined })).toBe("{}");
});

test("blobs are base64 wherever they stand", () => {
  const shape = structure({ One: blob(), Many: list(blob()), Named: map(structure({ It: blob() })) });
  const value = { One: bytes, Many: [bytes, new Uint8Array()], Named: { a: { It: bytes }, b: {} } };
  expect(jsonOf(shape, value)).toBe('{"One":"AAH/","Many":["AAH/",""],"Named":{"a":{"It":"AAH/"},"b":{}}}');
});

test("a view into a larger buffer is written as the view, not as the buffer", () => {
  expect(jsonOf(structure({ It: blob() }), { It: new Uint8Array([9, 0, 1, 255, 9]).subarray(1, 4) })).toBe(
    '{"It":"AAH/"}',
  );
});

test("timestamps are seconds", () => {
  expect(jsonOf(structure({ At: list(timestamp()) }), { At: [0, 1500, 1679520584772] })).toBe(
    '{"At":[0,1.5,1679520584.772]}',
  );
});

test("a map may have the key __proto__", () => {
  const shape = structure({ Plain: map(string()), Bytes: map(blob()) });
  const entry = (value: unknown) => Object.assign(Object.create(null), JSON.parse("{}"), { ["__proto__"]: value });
  expect(jsonOf(shape, { Plain: entry("x"), Bytes: entry(bytes) })).toBe(
    '{"Plain":{"__proto__":"x"},"Bytes":{"__proto__":"AAH/"}}',
  );
});

test("writing leaves the value as it was", () => {
  const value = { At: 1500, Data: [{ It: bytes }] };
  jsonOf(structure({ At: timestamp(), Data: list(structure({ It: blob() })) }), value);
  expect(value).toEqual({ At: 1500, Data: [{ It: bytes }] });
});

test("lone surrogates stay readable for JSON parsers", () => {
  expect(jsonOf(structure({ A: string() }), { A: "\ud800" })).toBe('{"A":"\\ud800"}');
});

test("values that JSON has are written as JSON.stringify writes them", () => {
  const text = fc.string({ unit: "binary" });
  const item = structure({
    Text: string(),
    Number: double(),
    Is: boolean(),
    Names: map(string()),
    Counts: list(integer()),
  });
  const values = fc.record(
    {
      Text: fc.oneof(text, fc.string({ unit: "grapheme-ascii" })),
      Number: fc.double({ noNaN: true, noDefaultInfinity: true }),
      Is: fc.boolean(),
      Names: fc.dictionary(text, text),
      Counts: fc.array(fc.integer()),
    },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(fc.array(values), (Items) => {
      expect(jsonOf(structure({ Items: list(item) }), { Items })).toBe(JSON.stringify({ Items }));
    }),
  );
});
