import { describe, expect, test } from "vitest";
import { AwsError } from "../../../src/kernel/aws-error.ts";
import { parseDocument } from "../../../src/protocol/cbor/parse.ts";

const bytesOf = (hex: string) => Buffer.from(hex.replaceAll(" ", ""), "hex");

/** What an item becomes as the member `a` of a map. */
const parsed = (hex: string) => (parseDocument(bytesOf(`a1 6161 ${hex}`)) as { a: unknown }).a;

function refusal(bytes: Buffer): AwsError {
  try {
    parseDocument(bytes);
  } catch (error) {
    if (error instanceof AwsError) return error;
    throw error;
  }
  throw new Error("the bytes were accepted");
}

const MALFORMED = { shape: "SerializationException", message: "", status: 400 };

describe("an item is read as its value", () => {
  // RFC 8949, appendix A. What lies beyond 2^53 is the nearest double, tags are passed over, undefined is null.
  test.for([
    ["00", 0],
    ["01", 1],
    ["0a", 10],
    ["17", 23],
    ["1818", 24],
    ["1819", 25],
    ["1864", 100],
    ["1903e8", 1000],
    ["1a000f4240", 1000000],
    ["1b000000e8d4a51000", 1000000000000],
    ["1b001fffffffffffff", Number.MAX_SAFE_INTEGER],
    ["1bffffffffffffffff", 2 ** 64],
    ["3bffffffffffffffff", -(2 ** 64)],
    ["20", -1],
    ["29", -10],
    ["3863", -100],
    ["3903e7", -1000],
    ["f90000", 0],
    ["f98000", -0],
    ["f93c00", 1],
    ["fb3ff199999999999a", 1.1],
    ["f93e00", 1.5],
    ["f97bff", 65504],
    ["fa47c35000", 100000],
    ["fa7f7fffff", 3.4028234663852886e38],
    ["fb7e37e43c8800759c", 1e300],
    ["f90001", 2 ** -24],
    ["f90400", 0.00006103515625],
    ["f9c400", -4],
    ["fbc010666666666666", -4.1],
    ["f97c00", Number.POSITIVE_INFINITY],
    ["f97e00", Number.NaN],
    ["f9fc00", Number.NEGATIVE_INFINITY],
    ["fa7f800000", Number.POSITIVE_INFINITY],
    ["fa7fc00000", Number.NaN],
    ["faff800000", Number.NEGATIVE_INFINITY],
    ["fb7ff0000000000000", Number.POSITIVE_INFINITY],
    ["fb7ff8000000000000", Number.NaN],
    ["fbfff0000000000000", Number.NEGATIVE_INFINITY],
    ["f4", false],
    ["f5", true],
    ["f6", null],
    ["f7", null],
    ["c074323031332d30332d32315432303a30343a30305a", "2013-03-21T20:04:00Z"],
    ["c11a514b67b0", 1363896240],
    ["c1fb41d452d9ec200000", 1363896240500],
    ["d74401020304", new Uint8Array([1, 2, 3, 4])],
    ["d818456449455446", new Uint8Array([0x64, 0x49, 0x45, 0x54, 0x46])],
    ["d82076687474703a2f2f7777772e6578616d706c652e636f6d", "http://www.example.com"],
    ["40", new Uint8Array()],
    ["4401020304", new Uint8Array([1, 2, 3, 4])],
    ["60", ""],
    ["6161", "a"],
    ["6449455446", "IETF"],
    ["62225c", '"\\'],
    ["62c3bc", "ü"],
    ["63e6b0b4", "水"],
    ["64f0908591", "𐅑"],
    ["80", []],
    ["83010203", [1, 2, 3]],
    ["8301820203820405", [1, [2, 3], [4, 5]]],
    ["98190102030405060708090a0b0c0d0e0f101112131415161718181819", Array.from({ length: 25 }, (_, index) => index + 1)],
    ["a0", {}],
    ["a26161016162820203", { a: 1, b: [2, 3] }],
    ["826161a161626163", ["a", { b: "c" }]],
    ["a56161614161626142616361436164614461656145", { a: "A", b: "B", c: "C", d: "D", e: "E" }],
    ["5f42010243030405ff", new Uint8Array([1, 2, 3, 4, 5])],
    ["7f657374726561646d696e67ff", "streaming"],
    ["9fff", []],
    ["9f018202039f0405ffff", [1, [2, 3], [4, 5]]],
    ["83018202039f0405ff", [1, [2, 3], [4, 5]]],
    ["9f0102030405060708090a0b0c0d0e0f101112131415161718181819ff", Array.from({ length: 25 }, (_, i) => i + 1)],
    ["bf61610161629f0203ffff", { a: 1, b: [2, 3] }],
    ["bf6346756ef563416d7421ff", { Fun: true, Amt: -2 }],
  ] as const)("%s", ([hex, value]) => {
    expect(parsed(hex)).toEqual(value);
  });

  test("a text may hold the character that stands for broken ones", () => {
    expect(parsed("63efbfbd")).toBe("\ufffd");
  });

  test("of two entries with one key the later one counts", () => {
    expect(parseDocument(bytesOf("a2 6161 01 6161 02"))).toEqual({ a: 2 });
  });
});

describe("keys", () => {
  test("those that share a length and a first letter are told apart", () => {
    const names = ["StreamName", "StreamNema", "StreamNama", "StreamName"];
    const document = names.map(
      (name, value) => `${(0x60 + name.length).toString(16)}${Buffer.from(name).toString("hex")} 0${value}`,
    );
    expect(parseDocument(bytesOf(`bf ${document.join("")} ff`))).toEqual({
      StreamName: 3,
      StreamNema: 1,
      StreamNama: 2,
    });
  });

  test.for([0, 63, 64, 65, 300])("one of %d characters is read as often as it comes", (length) => {
    const name = "k".repeat(length);
    const key = Buffer.concat([Buffer.from([0x79, length >> 8, length & 255]), Buffer.from(name)]).toString("hex");
    expect(parsed(`82 a1${key}01 a1${key}02`)).toEqual([{ [name]: 1 }, { [name]: 2 }]);
  });

  test("__proto__ is a key like any other", () => {
    const document = parseDocument(bytesOf(`a1 69${Buffer.from("__proto__").toString("hex")} a1 6161 01`));
    expect(Object.entries(document)).toEqual([["__proto__", { a: 1 }]]);
    expect(({} as { a?: unknown }).a).toBeUndefined();
  });
});

describe("bytes that are not one map are refused without a text", () => {
  test.for([
    ["nothing", ""],
    ["an array", "80"],
    ["a text", "6161"],
    ["an integer", "00"],
    ["null", "f6"],
    ["a break", "ff"],
    ["a tag of nothing", "c1"],
    ["two maps", "a0a0"],
    ["a map and a byte", "a000"],
    ["JSON", Buffer.from("{}").toString("hex")],
  ] as const)("%s", ([, hex]) => {
    expect(refusal(bytesOf(hex))).toMatchObject(MALFORMED);
  });

  // RFC 8949, appendix F
  test.for([
    ["an integer without its byte", "18"],
    ["an integer short of a byte", "19 00"],
    ["an integer short of two bytes", "1a 0000"],
    ["an integer short of four bytes", "1b 00000000"],
    ["a float short of a byte", "f9 00"],
    ["a float short of two bytes", "fa 0000"],
    ["a float short of six bytes", "fb 0000"],
    ["a simple value without its byte", "f8"],
    ["bytes that are not there", "41"],
    ["a text that is not there", "61"],
    ["bytes cut short", "5affffffff 00"],
    ["bytes as long as can be", "5bffffffffffffffff 010203"],
    ["a text as long as can be", "7bffffffffffffffff 010203"],
    ["a text of half of that", "7b7fffffffffffffff 010203"],
    ["an array without its item", "81"],
    ["an array with too few items", "82 00"],
    ["as many items as can be", "9bffffffffffffffff 00"],
    ["a map without its entry", "a1"],
    ["a map without its second entry", "a2 6161 00"],
    ["a map without its value", "a1 6161"],
    ["as many entries as can be", "bbffffffffffffffff 6161 00"],
    ["an array without its break", "9f 0102"],
    ["a map without its break", "bf 6161 02"],
    ["bytes without their break", "5f 41 00"],
    ["a text without its break", "7f 61 61"],
    ["reserved info 28 of an integer", "1c"],
    ["reserved info 29 of a map", "bd"],
    ["reserved info 30 of a simple value", "fe"],
    ["an integer without an end", "1f"],
    ["a negative integer without an end", "3f"],
    ["a tag without an end", "df 00"],
    ["integers as chunks of bytes", "5f 00 ff"],
    ["texts as chunks of bytes", "5f 6100 ff"],
    ["bytes as chunks of a text", "7f 4100 ff"],
    ["chunks in chunks of bytes", "5f 5f 4100 ff ff"],
    ["chunks in chunks of a text", "7f 7f 6100 ff ff"],
    ["a break where an item should be", "ff"],
    ["a break in a counted array", "82 00 ff"],
    ["a break for a value", "bf 6161 ff"],
    ["a break under a tag", "9f c1 ff"],
    ["a simple value nobody knows", "e0"],
    ["the last one below those known", "f3"],
    ["a simple value in a byte of its own", "f8ff"],
    ["false in a byte of its own", "f814"],
    ["an integer for a key", "a1 01 02"],
    ["bytes for a key", "a1 4161 02"],
    ["a map for a key", "a1 a0 02"],
  ] as const)("%s", ([, hex]) => {
    expect(refusal(bytesOf(`a1 6161 ${hex}`))).toMatchObject(MALFORMED);
  });

  test.for([
    ["a lone continuation byte", "61 80"],
    ["an overlong form", "62 c0af"],
    ["half a surrogate pair", "63 eda080"],
    ["a character cut short", "62 e282"],
    ["a character cut by a chunk", "7f 61 c3 61 bc ff"],
    ["a key that is none", "a1 61 80 00"],
  ] as const)("invalid UTF-8: %s", ([, hex]) => {
    expect(refusal(bytesOf(`a1 6161 ${hex}`))).toMatchObject(MALFORMED);
  });
});

describe("nesting", () => {
  const nested = (depth: number, open: string, close: string) =>
    bytesOf(`a1 6161 ${open.repeat(depth - 1)} 00 ${close.repeat(depth - 1)}`);

  test.for([
    ["arrays", "81", ""],
    ["arrays with a break", "9f", "ff"],
    ["maps", "a1 6161", ""],
    ["maps with a break", "bf 6161", "ff"],
  ] as const)("%s may be 64 deep", ([, open, close]) => {
    expect(() => parseDocument(nested(64, open, close))).not.toThrow();
    expect(refusal(nested(65, open, close))).toMatchObject(MALFORMED);
  });

  test("without end, it is refused like any other", () => {
    expect(refusal(Buffer.alloc(1_000_000, 0x81))).toMatchObject(MALFORMED);
    expect(refusal(bytesOf(`a1 6161 ${"9f".repeat(1_000_000)}`))).toMatchObject(MALFORMED);
  });

  test("tags before an item are no nesting", () => {
    expect(parsed(`${"c1".repeat(100_000)} 05`)).toBe(5);
  });
});

test.for([
  ["counted", (count: number) => `9a${count.toString(16).padStart(8, "0")}`, ""],
  ["with a break", () => "9f", "ff"],
] as const)("a document may have 1,100,000 items, maps and keys included: %s", ([, open, close]) => {
  const items = (count: number) =>
    Buffer.concat([bytesOf(`a1 6161 ${open(count)}`), Buffer.alloc(count, 0xf6), bytesOf(close)]);
  expect(() => parseDocument(items(1_099_997))).not.toThrow();
  expect(refusal(items(1_099_998))).toMatchObject({ shape: "RequestEntityTooLargeException", status: 413 });
});

test.for([
  ["of bytes", 0x5f, 0x40],
  ["of text", 0x7f, 0x60],
] as const)("a string %s may have no more chunks than a document items", ([, open, chunk]) => {
  const chunks = (count: number) =>
    Buffer.concat([bytesOf("a1 6161"), Buffer.from([open]), Buffer.alloc(count, chunk), bytesOf("ff")]);
  expect(() => parseDocument(chunks(1_099_997))).not.toThrow();
  expect(refusal(chunks(1_099_998))).toMatchObject({ shape: "RequestEntityTooLargeException", status: 413 });
});

describe("byte strings", () => {
  const body = bytesOf(`bf 6161 82 42 0102 5f 41 03 42 0405 ff 6162 40 6163 43 060708 ff`);
  const document = parseDocument(body) as { a: Uint8Array[]; b: Uint8Array; c: Uint8Array };

  test("do not change when the body is overwritten", () => {
    const copy = Buffer.from(body);
    const { c } = parseDocument(copy) as { c: Uint8Array };
    copy.fill(0xee);
    expect([...c]).toEqual([6, 7, 8]);
  });

  test("keep nothing of the body alive but each other", () => {
    const { buffer } = document.c;
    expect(buffer).not.toBe(body.buffer);
    expect([...document.a, document.b].every((bytes) => bytes.buffer === buffer)).toBe(true);
  });

  test("lie side by side without touching", () => {
    expect([...document.a, document.b, document.c].map((bytes) => [...bytes])).toEqual([
      [1, 2],
      [3, 4, 5],
      [],
      [6, 7, 8],
    ]);
  });
});
