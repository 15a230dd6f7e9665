import fc from "fast-check";
import type { Contract } from "../../src/model/contract.ts";
import { type Shape, type StructureShape, shapeOf } from "../../src/model/shape.ts";
import { encodeFrame } from "../../src/protocol/event-stream/encode.ts";
import { cborOf, longHead } from "./cbor-writer.ts";

/*
 * Requests to Kinesis that are nearly right: the members come from the operations' own contracts, the values are what
 * belongs there, half of what belongs there, or anything else; then the bytes as a whole are bent a little, and sent as
 * what they are or as something else.
 */

export const JSON_TYPE = "application/x-amz-json-1.1";
export const CBOR_TYPE = "application/x-amz-cbor-1.1";
export const EVENT_TYPE = "application/vnd.amazon.eventstream";

/** Texts that lead somewhere on the server, by the names of members that take them. */
export type Known = Readonly<Record<string, readonly string[]>>;

/** A request before it becomes bytes. */
export interface OddRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

const oddText = fc.oneof(
  fc.constantFrom("", " ", "0", "-1", "1e99", "9".repeat(38), "shardId-000000000000", "shardId-999999999999", "AAAA"),
  fc.constantFrom(
    "\u0000",
    "\ufffe",
    "\ud800",
    "\ud83d\ude00",
    "é".repeat(200),
    "__proto__",
    "constructor",
    "%",
    "aws:x",
  ),
  fc.constantFrom(
    "stream/",
    "arn:aws:kinesis:::stream/x",
    "arn:aws:kinesis:us-east-1:000000000000:stream/x/consumer/y:1",
  ),
  fc.string({ maxLength: 40 }),
  fc.string({ unit: "binary", maxLength: 40 }),
  fc.tuple(fc.constantFrom("[", '{"a":', '{"Statement":['), fc.nat(3000)).map(([text, depth]) => text.repeat(depth)),
  fc.nat(20_000).map((length) => "x".repeat(length)),
);

const oddNumber = fc.oneof(
  fc.constantFrom(
    0,
    -0,
    -1,
    0.5,
    -0.5,
    1e-300,
    1e300,
    -1e300,
    2 ** 31,
    -(2 ** 31) - 1,
    2 ** 53,
    2 ** 63,
    1.7e9,
    1.7e12,
  ),
  fc.integer(),
  fc.double({ noDefaultInfinity: true, noNaN: true }),
);

const oddBytes = fc.uint8Array({ maxLength: 40 });

const oddValue: fc.Arbitrary<unknown> = fc.oneof(
  oddText,
  oddNumber,
  oddBytes,
  fc.constantFrom<unknown>(null, true, false, [], {}, [[]], [null], [{}], { "": "" }),
  fc.array(oddText, { maxLength: 4 }),
  fc.dictionary(oddText, oddText, { maxKeys: 4 }),
);

/** What belongs where the shape is wanted under that name, or what nearly does. */
function nearlyFitting(shape: Shape, name: string, known: Known): fc.Arbitrary<unknown> {
  return fc.oneof({ weight: 40, arbitrary: fitting(shape, name, known) }, oddValue);
}

function fitting(shape: Shape, name: string, known: Known): fc.Arbitrary<unknown> {
  switch (shape.kind) {
    case "string": {
      const texts = shape.values ?? known[name];
      return texts === undefined ? oddText : fc.oneof({ weight: 10, arbitrary: fc.constantFrom(...texts) }, oddText);
    }
    case "double":
    case "integer":
    case "long":
      return fc.oneof({ weight: 6, arbitrary: fc.constantFrom(1, 2, 24, 48, 1024) }, oddNumber);
    case "boolean":
      return fc.constantFrom<unknown>(true, false, "yes", 0.5);
    case "blob":
      return oddBytes;
    case "timestamp":
      return oddNumber;
    case "list":
      return fc.array(nearlyFitting(shape.item, name, known), { maxLength: 5 });
    case "map":
      return fc.dictionary(oddText, nearlyFitting(shape.value, name, known), { maxKeys: 4 });
    case "structure":
      return structureOf(shape, known);
  }
}

/** All members more often than some of them; either way, some that go ill together. */
function structureOf({ members }: StructureShape, known: Known): fc.Arbitrary<object> {
  const values = Object.entries(members).map(([name, member]) => {
    return [name, nearlyFitting(shapeOf(member), name, known)] as const;
  });
  const all = Object.fromEntries(values);
  return fc.oneof({ weight: 3, arbitrary: fc.record(all) }, fc.record(all, { requiredKeys: [] }));
}

function jsonOf(input: object): Buffer {
  const text = JSON.stringify(input, (_, value) =>
    value instanceof Uint8Array ? Buffer.from(value).toString("base64") : value,
  );
  return Buffer.from(text);
}

/** Bytes with their end cut off, one of them another, or some between. */
function bent(whole: fc.Arbitrary<Buffer>): fc.Arbitrary<Buffer> {
  const place = fc.nat(1_000_000);
  const cut = fc.tuple(whole, place).map(([bytes, at]) => bytes.subarray(0, at % (bytes.length + 1)));
  const changed = fc.tuple(whole, place, fc.nat(255)).map(([bytes, at, byte]) => {
    const copy = Buffer.from(bytes);
    if (copy.length > 0) copy[at % copy.length] = byte;
    return copy;
  });
  const grown = fc.tuple(whole, place, fc.uint8Array({ maxLength: 9 })).map(([bytes, at, more]) => {
    const middle = at % (bytes.length + 1);
    return Buffer.concat([bytes.subarray(0, middle), more, bytes.subarray(middle)]);
  });
  return fc.oneof({ weight: 10, arbitrary: whole }, cut, changed, grown);
}

/** Bodies that are hardly anything. */
const nonsense = fc.oneof(
  fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)),
  fc.tuple(fc.constantFrom("[", '{"StreamName":', '{"a":[', " "), fc.nat(5000)).map(([text, depth]) => {
    return Buffer.from(text.repeat(depth));
  }),
  fc.tuple(fc.constantFrom("9f", "81", "bf6161", "a16161", "c1", "d9d9f7"), fc.nat(5000)).map(([hex, depth]) => {
    return Buffer.from(hex.repeat(depth), "hex");
  }),
  fc
    .tuple(fc.nat(7), fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }))
    .map(([major, argument]) => longHead(major, argument)),
  fc.constantFrom("", "null", "true", "{}", "[]", '"x"', "{} {}", "\ufeff{}").map((text) => Buffer.from(text)),
);

/** An event as a client would send it if Kinesis took any. */
const eventFrame = fc.tuple(oddText, oddBytes).map(([text, payload]) => {
  const name = text.slice(0, 50);
  return encodeFrame({ ":event-type": name, ":content-type": JSON_TYPE, ":message-type": "event" }, payload);
});

interface Body {
  readonly type: string;
  readonly body: Buffer;
}

function bodyOf({ input }: Contract, known: Known): fc.Arbitrary<Body> {
  const inputs = structureOf(input, known);
  const framed = fc.tuple(inputs, fc.boolean()).map(([value, isIndefinite]) => cborOf(value, isIndefinite));
  const of = (type: string, bytes: fc.Arbitrary<Buffer>) => bytes.map((body) => ({ type, body }));
  return fc.oneof(
    { weight: 6, arbitrary: of(JSON_TYPE, bent(inputs.map(jsonOf))) },
    { weight: 6, arbitrary: of(CBOR_TYPE, bent(framed)) },
    { weight: 1, arbitrary: of(JSON_TYPE, bent(framed)) },
    { weight: 1, arbitrary: of(CBOR_TYPE, inputs.map(jsonOf)) },
    { weight: 1, arbitrary: of(EVENT_TYPE, bent(eventFrame)) },
    { weight: 1, arbitrary: fc.record({ type: oddType, body: nonsense }) },
  );
}

const oddType = fc.constantFrom(
  ...[
    JSON_TYPE,
    CBOR_TYPE,
    EVENT_TYPE,
    "application/json",
    "application/x-amz-json-1.0",
    "text/plain",
    "",
    ";",
    "a/b; c",
  ],
);

const SIGNED = "AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/kinesis/aws4_request, SignedHeaders=a, Signature=0";

const authorization = fc.oneof(
  { weight: 12, arbitrary: fc.constant(SIGNED) },
  {
    weight: 1,
    arbitrary: fc.constantFrom("", "x", "Credential=", "AWS4 Credential=////", `${SIGNED}, Signature=`, ",,,"),
  },
);

const oddTarget = fc.constantFrom(
  ...["Kinesis_20131202", "Kinesis_20131202.", "Kinesis_20131202.toString", "Kinesis_20131202.__proto__", ".", ""],
  ...["Kinesis_20131202.putrecord", "Kinesis_20131203.PutRecord", "DynamoDB_20120810.PutItem", "PutRecord", "a.b.c"],
);

const method = fc.oneof(
  { weight: 20, arbitrary: fc.constant("POST") },
  fc.constantFrom("GET", "PUT", "DELETE", "HEAD", "OPTIONS", "PATCH"),
);

const path = fc.oneof(
  { weight: 10, arbitrary: fc.constant("/") },
  fc.constantFrom(
    "//",
    "/a/b",
    "/%",
    "/?X-Amz-Algorithm",
    "/?X-Amz-Algorithm=a&X-Amz-Date=%",
    "/?a=b",
    "/?".padEnd(500, "&"),
  ),
);

/** A request for one of the operations, or for something that only looks like one. */
export function oddRequest(operations: readonly Contract[], known: Known): fc.Arbitrary<OddRequest> {
  return fc.constantFrom(...operations).chain((contract) => {
    const target = fc.oneof({ weight: 12, arbitrary: fc.constant(`Kinesis_20131202.${contract.name}`) }, oddTarget);
    return fc
      .record({ method, path, target, authorization, sent: bodyOf(contract, known) })
      .map(({ sent, target, authorization, ...rest }) => {
        const all = {
          "x-amz-target": target,
          "content-type": sent.type,
          authorization,
          "x-amz-date": "20260101T000000Z",
        };
        const headers = Object.fromEntries(Object.entries(all).filter(([, value]) => value !== ""));
        return { ...rest, headers, body: sent.body };
      });
  });
}
