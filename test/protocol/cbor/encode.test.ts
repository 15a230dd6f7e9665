import { describe, expect, test } from "vitest";
import { Base64 } from "../../../src/kernel/base64.ts";
import {
  blob,
  boolean,
  integer,
  list,
  long,
  map,
  passedString,
  string,
  structure,
  timestamp,
} from "../../../src/model/shape.ts";
import { cborOf } from "../../../src/protocol/cbor/encode.ts";
import { parseDocument } from "../../../src/protocol/cbor/parse.ts";
import { passed } from "../../support/passed-text.ts";

const hexOf = (shape: Parameters<typeof cborOf>[0], value: unknown) => cborOf(shape, value).toString("hex");

describe("a head is as short as can be", () => {
  test.for([
    [0, "00"],
    [23, "17"],
    [24, "1818"],
    [255, "18ff"],
    [256, "190100"],
    [65535, "19ffff"],
    [65536, "1a00010000"],
    [4294967295, "1affffffff"],
    [4294967296, "1b0000000100000000"],
    [Number.MAX_SAFE_INTEGER, "1b001fffffffffffff"],
    [-1, "20"],
    [-24, "37"],
    [-25, "3818"],
    [-4294967296, "3affffffff"],
    [-4294967297, "3b0000000100000000"],
    [Number.MIN_SAFE_INTEGER, "3b001ffffffffffffe"],
  ] as const)("%d is %s", ([value, hex]) => {
    expect(hexOf(long(), value)).toBe(hex);
    expect(hexOf(integer(), value)).toBe(hex);
  });

  test.for([0, 23, 24, 255, 256, 65535, 65536])("bytes and texts of length %d", (length) => {
    const head = (major: number) => {
      if (length < 24) return [major + length];
      if (length < 256) return [major + 24, length];
      if (length < 65536) return [major + 25, length >> 8, length & 255];
      return [major + 26, 0, 1, 0, 0];
    };
    const content = Buffer.alloc(length, "x");
    expect(cborOf(blob(), content).equals(Buffer.concat([Buffer.from(head(0x40)), content]))).toBe(true);
    expect(cborOf(string(), "x".repeat(length)).equals(Buffer.concat([Buffer.from(head(0x60)), content]))).toBe(true);
  });
});

test.for([
  [true, "f5"],
  [false, "f4"],
] as const)("the boolean %s is %s", ([value, hex]) => {
  expect(hexOf(boolean(), value)).toBe(hex);
});

// Kinesis reference 10.4
test.for([
  [1700000000123, "c11b0000018bcfe5687b"],
  [0, "c100"],
  [-1000, "c13903e7"],
] as const)("the instant %d is an integer of milliseconds under tag 1", ([value, hex]) => {
  expect(hexOf(timestamp(), value)).toBe(hex);
});

describe("texts", () => {
  const contents = ["", "a", "é", "水", "𐅑", "\ufffd", "\0"];
  const lengths = [1, 7, 22, 63, 64, 65, 1000];
  test.for(contents.flatMap((content) => lengths.map((times) => [content, times] as const)))(
    "%o %d times is written in UTF-8",
    ([content, times]) => {
      const text = content.repeat(times);
      const shape = structure({ A: string(), B: string() });
      expect(parseDocument(cborOf(shape, { A: text, B: `a${text}` }))).toEqual({ A: text, B: `a${text}` });
    },
  );

  test("half a surrogate pair becomes the character for broken ones", () => {
    expect(hexOf(string(), "\ud800")).toBe("63efbfbd");
  });

  test("a text that is no string yet is written as one", () => {
    const texts = ["", "49", "key", "水".repeat(40)];
    const written = cborOf(structure({ It: list(passedString()) }), { It: texts.map(passed) });
    expect(written).toEqual(cborOf(structure({ It: list(string()) }), { It: texts }));
  });

  test("a text that takes more room than was set aside pushes nothing out", () => {
    const texts = Array.from({ length: 100 }, (_, index) => "水".repeat(index));
    expect(parseDocument(cborOf(structure({ It: list(string()) }), { It: texts }))).toEqual({ It: texts });
  });
});

describe("structures", () => {
  test("have their members in alphabetical order, upper case first", () => {
    const shape = structure({ b: integer(), a: integer(), B: integer(), A: integer() });
    expect(hexOf(shape, { a: 1, b: 2, A: 3, B: 4 })).toBe("bf614103614204616101616202ff");
  });

  test("leave out members that are absent, and values that are none of theirs", () => {
    expect(hexOf(structure({ A: integer(), B: blob() }), { A: undefined, C: 5 })).toBe("bfff");
  });
});

test("lists and maps keep their order", () => {
  expect(hexOf(list(integer()), [3, 1, 2])).toBe("9f030102ff");
  expect(hexOf(map(integer()), { b: 1, a: 2 })).toBe("bf616201616102ff");
});

test("a map may have the key __proto__", () => {
  const entries = Object.assign(Object.create(null), { ["__proto__"]: "x" });
  expect(hexOf(map(string()), entries)).toBe("bf695f5f70726f746f5f5f6178ff");
});

test("a view into a larger buffer is written as the view, not as the buffer", () => {
  expect(hexOf(blob(), new Uint8Array([9, 0, 1, 255, 9]).subarray(1, 4))).toBe("430001ff");
});

test("bytes in base64 are written as the bytes they stand for", () => {
  const bytes = Buffer.from([1, 2, 3, 4]);
  expect(hexOf(blob(), new Base64(Buffer.from(bytes.toString("base64"))))).toBe(hexOf(blob(), bytes));
});
