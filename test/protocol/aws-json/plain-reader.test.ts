import fc from "fast-check";
import { describe, expect, test, vi } from "vitest";
import { AwsError } from "../../../src/kernel/aws-error.ts";
import { Base64, bytesOf, type MaybeBase64 } from "../../../src/kernel/base64.ts";
import { searchableBytes } from "../../../src/kernel/webassembly/searchable-bytes.ts";
import {
  blob,
  boolean,
  integer,
  list,
  map,
  passedBlob,
  type StructureShape,
  string,
  structure,
} from "../../../src/model/shape.ts";
import { JsonReader } from "../../../src/protocol/aws-json/aws-json.ts";
import { BlobBlock, PlainReader } from "../../../src/protocol/aws-json/plain-reader.ts";
import { jsonOf } from "../../../src/protocol/json-body.ts";
import { anInput } from "../arbitrary.ts";

const entry = structure({ PartitionKey: string(), Data: blob() });
const shape = structure({
  StreamName: string(),
  Records: list(entry),
  Limit: integer(),
  DryRun: boolean(),
  Tags: map(string()),
});

const read = (json: string): unknown => {
  const blobs = new BlobBlock();
  const body = Buffer.from(json);
  blobs.begin(body.length);
  return new PlainReader(blobs).read(shape, body);
};

describe("a plain document is read without JSON.parse", () => {
  test.for<[json: string, value: object]>([
    ["{}", {}],
    ['{"StreamName":""}', { StreamName: "" }],
    ['{"StreamName":"a","StreamName":"b"}', { StreamName: "b" }],
    ['{"Records":[]}', { Records: [] }],
    ['{"Records":[{}]}', { Records: [{}] }],
    ['{"Records":[{"Data":"","PartitionKey":" ~"}]}', { Records: [{ Data: new Uint8Array(), PartitionKey: " ~" }] }],
    [
      '{"Records":[{"Data":"AAE="},{"Data":"Ag=="}],"StreamName":"s"}',
      { Records: [{ Data: new Uint8Array([0, 1]) }, { Data: new Uint8Array([2]) }], StreamName: "s" },
    ],
    [`{"StreamName":"${"s".repeat(127)}"}`, { StreamName: "s".repeat(127) }],
    [`{"StreamName":"${"s".repeat(5000)}","Records":[]}`, { StreamName: "s".repeat(5000), Records: [] }],
    ['{"Limit":0}', { Limit: 0 }],
    ['{"Limit": 123456789 ,"DryRun":true}', { Limit: 123456789, DryRun: true }],
    ['{"DryRun":false}', { DryRun: false }],
    ['{"Tags":{}}', { Tags: {} }],
    ['{"Tags":{"a":"1", "b":"2","a":"3"}}', { Tags: { a: "3", b: "2" } }],
    [' {\n"StreamName"\t:\r\n"s" , "Records" : [ { } , { } ] } ', { StreamName: "s", Records: [{}, {}] }],
  ])("%s", ([json, value]) => {
    expect(read(json)).toEqual(value);
  });
});

describe("a document that is not plain is left alone", () => {
  test.for([
    "",
    "{",
    "[]",
    '"s"',
    "{}{}",
    "{},",
    "{,}",
    '{"StreamName":"s",}',
    '{"StreamName""s"}',
    '{"StreamName":s}',
    '{"StreamName":"s"',
    '{"StreamName":"s}',
    '{"StreamName":"a\\u0062"}',
    '{"StreamName":"a\u0001"}',
    '{"StreamName":"a\n"}',
    '{"StreamName":"\u007f\u0080"}',
    '{"StreamName":null}',
    '{"streamName":"s"}',
    '{"Stream\\u004eame":"s"}',
    '{"Limit":-1}',
    '{"Limit":01}',
    '{"Limit":1.5}',
    '{"Limit":1e1}',
    '{"Limit":1234567890}',
    '{"Limit":"1"}',
    '{"Limit":}',
    '{"DryRun":truer}',
    '{"DryRun":"true"}',
    '{"DryRun":0}',
    '{"Tags":{"a":null}}',
    '{"Tags":{"a":"1",}}',
    '{"Tags":{a:"1"}}',
    `{"StreamName":"${"s".repeat(500)}\n"}`,
    `{"StreamName":"${"s".repeat(500)}\\n"}`,
    `{"StreamName":"${"s".repeat(500)}é"}`,
    `{"StreamName":"${"s".repeat(500)}`,
    '{"Records":[,]}',
    '{"Records":[{},]}',
    '{"Records":[null]}',
    '{"Records":[{"Data":"AAE\\u003d"}]}',
    '{"Records":[{"Data":"AAE=}]}',
    '{"Records":[{"Data":1}]}',
    '\u00a0{"StreamName":"s"}',
  ])("%j", (json) => {
    expect(read(json)).toBeUndefined();
  });
});

test("a document whose only fault is a blob is refused without being read again", () => {
  expect(() => read('{"Records":[{"Data":"A"},{"Data":"AA*="}]}')).toThrow(
    "'A' can not be converted to a Blob: Base64 encoded length is expected a multiple of 4 bytes but found: 1",
  );
});

const searchable = searchableBytes(64 * 1024);

/** The same body, not quite at the beginning of bytes that can be searched. */
function inSearchable(body: Buffer): Buffer {
  return searchable.subarray(5, 5 + body.copy(searchable, 5));
}

/** What comes of a body, with or without the way for plain documents. */
function outcome(way: "plain" | "passing blobs" | "parsed", inputShape: StructureShape, body: Buffer): unknown {
  const reader = new JsonReader({
    takesDigitStrings: false,
    takesEmptyBody: false,
    hasPassingBlobs: way === "passing blobs",
    plainFrom: way === "parsed" ? Number.POSITIVE_INFINITY : 0,
  });
  try {
    return { value: reader.read(inputShape, body) };
  } catch (cause) {
    if (!(cause instanceof AwsError)) throw cause;
    return { code: cause.shape, message: cause.message };
  }
}

/** JSON with something changed here and there, which may make it another document or none. */
const disturbed = fc
  .tuple(anInput(), fc.boolean(), fc.array(fc.tuple(fc.nat(), fc.nat(2), fc.nat(255))))
  .map(([{ shape: inputShape, value }, isSpaced, changes]) => {
    const json = jsonOf(inputShape, value);
    const bytes = [...Buffer.from(isSpaced ? JSON.stringify(JSON.parse(json), undefined, 1) : json)];
    for (const [place, removed, byte] of changes.slice(0, 2)) bytes.splice(place % bytes.length, removed, byte);
    return { inputShape, body: Buffer.from(bytes) };
  });

test("whatever a document is, it comes to what JSON.parse makes of it", () => {
  fc.assert(
    fc.property(disturbed, ({ inputShape, body }) => {
      const parsed = outcome("parsed", inputShape, body);
      expect(outcome("plain", inputShape, body)).toEqual(parsed);
      expect(outcome("passing blobs", inputShape, body)).toEqual(parsed);
      expect(outcome("passing blobs", inputShape, inSearchable(body))).toEqual(parsed);
    }),
    { numRuns: 1000 },
  );
});

test("a long text is what JSON.parse makes of it, wherever something is in it that is not plain", () => {
  const stray = fc.constantFrom("", '"', "\\", "\\n", "\\u00e9", "\n", "\t", "\u0000", "\u007f", "\u0080", "é", "🎉");
  const texts = fc.tuple(fc.nat(300), stray, fc.nat(300), stray, fc.nat(300));
  const text = structure({ A: string(), B: string() });
  fc.assert(
    fc.property(texts, texts, (first, second) => {
      const [A, B] = [first, second].map(([a, one, b, other, c]) => {
        return `${"a".repeat(a)}${one}${"b".repeat(b)}${other}${"c".repeat(c)}`;
      });
      const body = Buffer.from(`{"A":"${A}","B":"${B}"}`);
      expect(outcome("plain", text, body)).toEqual(outcome("parsed", text, body));
    }),
    { numRuns: 1000 },
  );
});

const passing = structure({ Records: list(structure({ Data: passedBlob() })) });

/** The bytes of what a body of records comes to, in whatever form they are. */
function passedOutcome(way: Parameters<typeof outcome>[0], body: Buffer): unknown {
  const { value, ...refusal } = outcome(way, passing, body) as { value?: unknown };
  const { Records } = (value ?? {}) as { readonly Records?: readonly { readonly Data?: MaybeBase64 }[] };
  return { ...refusal, bytes: Records?.map(({ Data }) => Data && bytesOf(Data)) };
}

test("blobs that may stay in base64 do, and are what JSON.parse and a decoder make of them", () => {
  const text = fc
    .tuple(fc.uint8Array({ maxLength: 60 }), fc.nat(), fc.constantFrom("", "", "", "=", "-", "_", "*", " ", "A", '"'))
    .map(([bytes, place, stray]) => {
      const base64 = Buffer.from(bytes).toString("base64");
      const at = place % (base64.length + 1);
      return base64.slice(0, at) + stray + base64.slice(at);
    });
  fc.assert(
    fc.property(fc.array(text, { maxLength: 5 }), (texts) => {
      const body = Buffer.from(`{"Records":[${texts.map((one) => `{"Data":"${one}"}`).join(",")}]}`);
      const parsed = passedOutcome("parsed", body);
      expect(passedOutcome("passing blobs", body)).toEqual(parsed);
      expect(passedOutcome("passing blobs", inSearchable(body))).toEqual(parsed);
    }),
    { numRuns: 1000 },
  );
  const reader = new JsonReader({
    takesDigitStrings: false,
    takesEmptyBody: false,
    hasPassingBlobs: true,
    plainFrom: 0,
  });
  expect(reader.read(passing, Buffer.from('{"Records":[{"Data":"AAE="}]}'))).toEqual({
    Records: [{ Data: new Base64(new TextEncoder().encode("AAE=")) }],
  });
});

test.for([
  ["bytes that can be searched", inSearchable],
  ["a short body", (body: Buffer) => body],
] as const)("base64 in %s is not decoded to see that it is some", ([, placed]) => {
  using decode = vi.spyOn(BlobBlock.prototype, "check");
  for (const text of ["", "AAAA", "AAE=", "Ag==", "A".repeat(4000)]) {
    const body = placed(Buffer.from(`{"Records":[{"Data": "${text}"}]}`));
    expect(passedOutcome("passing blobs", body)).toEqual({ bytes: [Buffer.from(text, "base64")] });
  }
  expect(decode).not.toHaveBeenCalled();
});

test("a document ends where it ends, whatever the one before it had there", () => {
  const data = "A".repeat(200);
  const whole = `{"StreamName":"name","Records":[{"PartitionKey":"key","Data":"${data}"}],"Limit":12,"DryRun":true,"Tags":{"a":"${data}"}}`;
  for (let length = 0; length < whole.length; length++) {
    outcome("passing blobs", shape, Buffer.from(whole));
    const part = Buffer.from(whole.slice(0, length));
    expect(outcome("passing blobs", shape, part)).toEqual(outcome("parsed", shape, part));
  }
});

test("blobs of one document do not touch each other", () => {
  const datas = Array.from({ length: 50 }, (_, index) => Buffer.alloc(index, index));
  const json = JSON.stringify({ Records: datas.map((data) => ({ Data: data.toString("base64") })) });
  expect(read(json)).toEqual({ Records: datas.map((data) => ({ Data: new Uint8Array(data) })) });
});
