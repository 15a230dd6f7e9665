import { cbor } from "@smithy/core/cbor";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { AwsError } from "../../../src/kernel/aws-error.ts";
import { awsCbor } from "../../../src/protocol/cbor/cbor.ts";
import { cborOf } from "../../../src/protocol/cbor/encode.ts";
import { parseDocument } from "../../../src/protocol/cbor/parse.ts";
import { anInput } from "../arbitrary.ts";
import { decoded } from "../bodies.ts";

test("whatever is written in CBOR is read as it was", () => {
  fc.assert(
    fc.property(anInput(), ({ shape, value }) => {
      expect(decoded(awsCbor, shape, cborOf(shape, value))).toEqual(value);
    }),
  );
});

describe("the SDK's own codec", () => {
  /** Its decoder leaves tags around what they mark, and makes Buffers of bytes. */
  const plain = (value: unknown): unknown => {
    if (typeof value !== "object" || value === null) return value;
    if (value instanceof Uint8Array) return new Uint8Array(value);
    if (Array.isArray(value)) return value.map(plain);
    if ("tag" in value && "value" in value && Object.getOwnPropertySymbols(value).length > 0) return value.value;
    return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, plain(entry)]));
  };

  /** Its decoder takes this key for the prototype. */
  const hasProto = (value: unknown) => JSON.stringify(value).includes("__proto__");

  test("reads what is written", () => {
    fc.assert(
      fc.property(anInput(), ({ shape, value }) => {
        fc.pre(!hasProto(value));
        expect(plain(cbor.deserialize(cborOf(shape, value)))).toEqual(value);
      }),
    );
  });

  test("writes what is read", () => {
    const { value } = fc.letrec((tie) => ({
      value: fc.oneof(
        { maxDepth: 4 },
        fc.oneof(
          fc.constantFrom(true, false, null),
          fc.maxSafeInteger(),
          fc.double({ noNaN: true }).filter((number) => !Object.is(number, -0)),
          fc.string({ unit: "grapheme" }),
          fc.uint8Array().map((bytes) => new Uint8Array(bytes)),
        ),
        fc.array(tie("value"), { maxLength: 5 }),
        fc.dictionary(fc.string(), tie("value"), { maxKeys: 5, noNullPrototype: true }),
      ),
    }));
    fc.assert(
      fc.property(fc.dictionary(fc.string(), value, { maxKeys: 5, noNullPrototype: true }), (document) => {
        fc.pre(!hasProto(document));
        expect(parseDocument(Buffer.from(cbor.serialize(document)))).toEqual(document);
      }),
    );
  });
});

describe("bytes of any kind are read, or refused as a SerializationException", () => {
  /** How many bytes the byte strings of the document have, or -1 if it is refused. */
  function bytesRead(body: Buffer): number {
    try {
      return blobBytes(parseDocument(body));
    } catch (error) {
      expect(error).toBeInstanceOf(AwsError);
      expect(error).toMatchObject({ shape: "SerializationException", message: "" });
      return -1;
    }
  }

  function blobBytes(value: unknown): number {
    if (value instanceof Uint8Array) return value.byteLength;
    if (typeof value !== "object" || value === null) return 0;
    return Math.max(0, ...Object.values(value).map(blobBytes));
  }

  const damage = fc.record({ at: fc.nat(), drop: fc.nat(8), bytes: fc.uint8Array({ maxLength: 4 }) });

  function damaged(body: Buffer, { at, drop, bytes }: { at: number; drop: number; bytes: Uint8Array }): Buffer {
    const start = at % (body.length + 1);
    return Buffer.concat([body.subarray(0, start), bytes, body.subarray(start + drop)]);
  }

  test("at random", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect(bytesRead(Buffer.from(bytes))).toBeLessThanOrEqual(bytes.length);
      }),
      { numRuns: 500 },
    );
  });

  test("inside a map", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
        const body = Buffer.concat([Buffer.from("a16161", "hex"), bytes]);
        expect(bytesRead(body)).toBeLessThanOrEqual(bytes.length);
      }),
      { numRuns: 2000 },
    );
  });

  test("that were a body before some of them were changed", () => {
    fc.assert(
      fc.property(anInput(), fc.array(damage, { minLength: 1, maxLength: 3 }), ({ shape, value }, damages) => {
        const body = damages.reduce(damaged, cborOf(shape, value));
        expect(bytesRead(body)).toBeLessThanOrEqual(body.length);
      }),
      { numRuns: 500 },
    );
  });

  test("whatever operation they are for", () => {
    fc.assert(
      fc.property(anInput(), anInput(), fc.array(damage, { maxLength: 2 }), (asked, sent, damages) => {
        const body = damages.reduce(damaged, cborOf(sent.shape, sent.value));
        try {
          expect(decoded(awsCbor, asked.shape, body)).toBeTypeOf("object");
        } catch (error) {
          expect(error).toBeInstanceOf(AwsError);
        }
      }),
      { numRuns: 300 },
    );
  });
});
