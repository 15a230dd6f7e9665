import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { sentLength } from "../../../src/model/check.ts";
import { list, map, required, string, structure } from "../../../src/model/shape.ts";
import { awsCbor } from "../../../src/protocol/cbor/cbor.ts";
import { cborOf } from "../../../src/protocol/cbor/encode.ts";
import { anInput } from "../arbitrary.ts";
import { decoded, refusal } from "../bodies.ts";

const MANY = 100_000;
const input = structure({
  Records: list(structure({ Data: required(string()) }), { max: 500 }),
  Names: list(string()),
  Tags: map(string(), { max: 2 }),
  Name: string(),
});

const text = (value: string) => Buffer.concat([Buffer.from([0x60 + value.length]), Buffer.from(value)]);
const document = (...parts: readonly Buffer[]) => Buffer.concat([Buffer.from([0xbf]), ...parts, Buffer.from([0xff])]);
const member = (name: string, items: Buffer, open = 0x9f) =>
  Buffer.concat([text(name), Buffer.from([open]), items, Buffer.from([0xff])]);
const EMPTY_MAPS = Buffer.alloc(MANY, 0xa0);
const NULLS = Buffer.alloc(MANY, 0xf6);
const read = (body: Buffer) => decoded(awsCbor, input, body) as Record<string, readonly unknown[]>;

describe("of a document with more values than any request needs", () => {
  test("a list with a maximum is read one item past it, and knows how long it was", () => {
    const { Records = [], Name } = read(document(member("Records", EMPTY_MAPS), text("Name"), text("behind")));
    expect([Records.length, sentLength(Records), Name]).toEqual([501, MANY, "behind"]);
  });

  test("a map with a maximum is read one entry past it", () => {
    const entries = Array.from({ length: MANY }, (_, index) => Buffer.concat([text(String(index)), text("")]));
    expect(Object.keys(read(document(member("Tags", Buffer.concat(entries), 0xbf))).Tags!)).toEqual(["0", "1", "2"]);
  });

  test("what the shape does not know is passed over", () => {
    expect(read(document(member("Unknown", EMPTY_MAPS), text("Name"), text("x")))).toEqual({ Name: "x" });
  });

  test.for([
    ["a list without a maximum", member("Names", Buffer.alloc(MANY, 0x60))],
    ["a list of nothing but nulls", member("Names", NULLS)],
    [
      "a member that comes again and again",
      Buffer.concat(Array.from({ length: MANY }, () => Buffer.concat([text("Name"), text("x")]))),
    ],
  ] as const)("%s is refused as too large", ([, part]) => {
    expect(refusal(awsCbor, input, document(part))).toMatchObject({ shape: "RequestEntityTooLargeException" });
  });

  test("a list in the place of a text is refused as it is elsewhere", () => {
    expect(refusal(awsCbor, input, document(member("Name", EMPTY_MAPS)))).toMatchObject({
      message: "Start of list found where not expected",
    });
  });

  test("all that the shape knows is read as it is elsewhere", () => {
    fc.assert(
      fc.property(anInput(), ({ shape, value }) => {
        const body = cborOf(shape, value);
        expect(body[0]).toBe(0xbf);
        expect(decoded(awsCbor, shape, document(member("un known", NULLS), body.subarray(1, -1)))).toEqual(value);
      }),
      { numRuns: 30 },
    );
  });
});

describe("a text in chunks", () => {
  const chunks = (chunk: Buffer, count: number) => {
    const one = Buffer.concat([Buffer.from([0x60 + chunk.length]), chunk]);
    return Buffer.concat([
      text("Name"),
      Buffer.from([0x7f]),
      Buffer.alloc(count * one.length, one),
      Buffer.from([0xff]),
    ]);
  };

  test("is put together, however many they are", () => {
    expect(read(document(chunks(Buffer.from("é"), MANY)))).toEqual({ Name: "é".repeat(MANY) });
  });

  test("has no character spread over two of them", () => {
    const [first, second] = [...Buffer.from("é")];
    const spread = Buffer.from([0x7f, 0x61, first!, 0x61, second!, 0xff]);
    expect(refusal(awsCbor, input, document(text("Name"), spread)).shape).toBe("SerializationException");
  });
});
