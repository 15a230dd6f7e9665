import { describe, expect, test } from "vitest";
import {
  blob,
  boolean,
  integer,
  list,
  long,
  map,
  type Shape,
  string,
  structure,
  timestamp,
} from "../../../src/model/shape.ts";
import { awsCbor } from "../../../src/protocol/cbor/cbor.ts";
import { decoded, refusal } from "../bodies.ts";

/** A body with one member, `It`. */
const bodyOf = (hex: string) => Buffer.from(`a1624974${hex.replaceAll(" ", "")}`, "hex");

const reading = (shape: Shape, hex: string) =>
  (decoded(awsCbor, structure({ It: shape }), bodyOf(hex)) as { It?: unknown }).It;
const textOf = (shape: Shape, hex: string) => refusal(awsCbor, structure({ It: shape }), bodyOf(hex)).message;

const TEXT = "6178";
const BYTES = "4178";
const NUMBER = "class com.amazon.coral.value.json.numbers.TruncatingBigNumber";
const BUFFER = "class java.nio.HeapByteBuffer";
const LIST = "Start of list found where not expected";
const STRUCTURE = "Start of structure or map found where not expected.";

describe("a value of the wrong type is refused as in JSON", () => {
  // Kinesis reference 1.8; of bytes it says nothing.
  const cases: readonly [kind: string, shape: Shape, hex: string, text: string][] = [
    ["string", string(), "f5", "class java.lang.Boolean can not be converted to an String"],
    ["string", string(), "01", `${NUMBER} can not be converted to an String`],
    ["string", string(), BYTES, `${BUFFER} can not be converted to an String`],
    ["string", string(), "80", LIST],
    ["string", string(), "a0", STRUCTURE],
    ["integer", integer(), TEXT, "class java.lang.String can not be converted to an Integer"],
    ["integer", integer(), "6135", "class java.lang.String can not be converted to an Integer"],
    ["integer", integer(), BYTES, `${BUFFER} can not be converted to an Integer`],
    ["integer", integer(), "f97e00", `${NUMBER} can not be converted to an Integer`],
    ["long", long(), "f4", "class java.lang.Boolean can not be converted to an Long"],
    ["boolean", boolean(), TEXT, "'X' can not be converted to an Boolean"],
    ["boolean", boolean(), "01", `${NUMBER} can not be converted to an Boolean`],
    ["boolean", boolean(), BYTES, `${BUFFER} can not be converted to an Boolean`],
    ["blob", blob(), "64 41414541", "class java.lang.String can not be converted to a Blob"],
    ["blob", blob(), "01", `${NUMBER} can not be converted to a Blob`],
    ["blob", blob(), "9fff", LIST],
    ["blob", blob(), "bfff", STRUCTURE],
    ["timestamp", timestamp(), TEXT, "class java.lang.String can not be converted to milliseconds since epoch"],
    ["timestamp", timestamp(), BYTES, `${BUFFER} can not be converted to milliseconds since epoch`],
    ["timestamp", timestamp(), "f97e00", `${NUMBER} can not be converted to milliseconds since epoch`],
    ["timestamp", timestamp(), "c1f97c00", `${NUMBER} can not be converted to milliseconds since epoch`],
    ["list", list(string()), TEXT, "Expected list or null"],
    ["list", list(string()), BYTES, "Expected list or null"],
    ["list", list(string()), "a0", STRUCTURE],
    ["map", map(string()), "01", "Expected map or null"],
    ["map", map(string()), BYTES, "Expected map or null"],
    ["map", map(string()), "80", LIST],
    ["structure", structure({}), "f4", "Expected null"],
    ["structure", structure({}), BYTES, "Expected null"],
    ["structure", structure({}), "80", LIST],
    ["list of blobs", list(blob()), `82 ${BYTES} ${TEXT}`, "class java.lang.String can not be converted to a Blob"],
  ];
  test.for(cases)("%s, given %o as %s: %s", ([, shape, hex, text]) => {
    expect(textOf(shape, hex)).toBe(text);
  });

  test("the first member of the shape that is wrong is the one refused", () => {
    const body = Buffer.from("a2 6142 01 6141 f5".replaceAll(" ", ""), "hex");
    expect(refusal(awsCbor, structure({ A: integer(), B: string() }), body).message).toMatch(/an Integer$/);
  });

  test("bytes that are no CBOR come before values of the wrong type", () => {
    const body = Buffer.from("bf 6141 01".replaceAll(" ", ""), "hex");
    expect(refusal(awsCbor, structure({ A: string() }), body)).toMatchObject({ message: "" });
  });
});

describe("numbers", () => {
  test.for([
    ["1a7fffffff", 2147483647],
    ["1a80000000", 2147483647],
    ["1bffffffffffffffff", 2147483647],
    ["3a7fffffff", -2147483648],
    ["3a80000000", -2147483648],
    ["3bffffffffffffffff", -2147483648],
    ["fb4007fffffffffff0", 2],
    ["f97c00", 2147483647],
  ] as const)("the integer %s is read as %d", ([hex, value]) => {
    expect(reading(integer(), hex)).toBe(value);
  });

  test("a long is not cut to the range of an integer", () => {
    expect(reading(long(), "1b001fffffffffffff")).toBe(Number.MAX_SAFE_INTEGER);
  });
});

// Kinesis reference 1.9
describe("an instant", () => {
  test.for([
    ["tagged", "c11b0000018bcfe5687b", 1700000000123],
    ["without a tag", "1b0000018bcfe5687b", 1700000000123],
    ["so small that it could be in seconds", "c11a6553f100", 1700000000],
    ["before 1970", "c13903e7", -1000],
    ["as a double of whole seconds", "c1fb41d954fc40000000", 1700000000000],
    ["as a double of seconds without a tag", "fb41d954fc40100000", 1700000000250],
    ["as a double of milliseconds", "c1fb4278bcfe5687b000", 1700000000123],
    ["as the latest double of seconds", "c1fb42374876e7ff0000", 99999999999000],
    ["as the earliest double of milliseconds", "c1fb42374876e8000000", 100000000000],
    ["as a double of seconds before 1970", "c1fbc008000000000000", -3000],
    ["beyond what is exact", "c11bffffffffffffffff", Number.MAX_SAFE_INTEGER],
    ["as far back", "c13bffffffffffffffff", Number.MIN_SAFE_INTEGER],
    ["as far away as a double goes", "c1fb7fefffffffffffff", Number.MAX_SAFE_INTEGER],
  ] as const)("%s is in milliseconds", ([, hex, value]) => {
    expect(reading(timestamp(), hex)).toBe(value);
  });
});

test.for([
  ["f5", true],
  ["f4", false],
  ["63 594553", true],
  ["62 6e6f", false],
] as const)("the boolean %s is read as %s", ([hex, value]) => {
  expect(reading(boolean(), hex)).toBe(value);
});

test("a map has no keys but those it was given", () => {
  const entries = reading(map(string()), "a1 69 5f5f70726f746f5f5f 6178") as Record<string, string>;
  expect(Object.entries(entries)).toEqual([["__proto__", "x"]]);
  expect(entries.constructor).toBeUndefined();
});

test("null and undefined are left out of maps, and have a place in lists", () => {
  expect(reading(list(string()), "84 6161 f6 f7 6162")).toStrictEqual(["a", undefined, undefined, "b"]);
  expect(Object.entries(reading(map(string()), "a3 6161 f6 6162 f7 6163 60") as object)).toEqual([["c", ""]]);
});

test("no body is no input", () => {
  expect(refusal(awsCbor, structure({}), "")).toMatchObject({ shape: "SerializationException", message: "" });
});
