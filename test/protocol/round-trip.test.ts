import * as fc from "fast-check";
import { expect, test } from "vitest";
import { AwsError } from "../../src/kernel/aws-error.ts";
import { awsJson1_0, awsJson1_1 } from "../../src/protocol/aws-json/aws-json.ts";
import { sortedJsonOf } from "../../src/protocol/aws-json/encode-sorted.ts";
import { jsonOf } from "../../src/protocol/json-body.ts";
import type { Protocol } from "../../src/protocol/protocol.ts";
import { awsQuery } from "../../src/protocol/query/query.ts";
import { anInput } from "./arbitrary.ts";
import { anOperation, aRequest, decoded } from "./bodies.ts";
import { formText } from "./form-writer.ts";

const json = fc.constantFrom(awsJson1_0, awsJson1_1);

test("whatever is written in JSON is read as it was", () => {
  const writers = fc.constantFrom(jsonOf, sortedJsonOf);
  fc.assert(
    fc.property(json, writers, anInput(), (protocol, write, { shape, value }) => {
      expect(decoded(protocol, shape, Buffer.from(write(shape, value)))).toEqual(value);
    }),
  );
});

test("whatever a client writes into a form is read as it was", () => {
  fc.assert(
    fc.property(anInput(), ({ shape, value }) => {
      expect(decoded(awsQuery, shape, formText(shape, value))).toEqual(value);
    }),
  );
});

test("body and query string of a form are read alike", () => {
  fc.assert(
    fc.property(anInput(), ({ shape, value }) => {
      const query = formText(shape, value);
      expect(awsQuery.decode(anOperation(shape), aRequest("", { method: "GET", query }))).toEqual(value);
    }),
  );
});

function expectValueOrAwsError(protocol: Protocol, shape: Parameters<typeof anOperation>[0], body: Buffer): void {
  try {
    expect(protocol.decode(anOperation(shape), aRequest(body))).toBeTypeOf("object");
  } catch (error) {
    expect(error).toBeInstanceOf(AwsError);
  }
}

test("bytes of any kind are read, or refused with an AWS error", () => {
  const protocol = fc.constantFrom(awsJson1_0, awsJson1_1, awsQuery);
  fc.assert(
    fc.property(protocol, anInput(), fc.uint8Array(), (format, { shape }, bytes) => {
      expectValueOrAwsError(format, shape, Buffer.from(bytes));
    }),
  );
});

test("JSON of any kind is read, or refused with an AWS error", () => {
  const members = anInput().chain(({ shape }) => {
    const names = Object.keys(shape.members);
    const name = names.length === 0 ? fc.string() : fc.oneof(fc.constantFrom(...names), fc.string());
    return fc.dictionary(name, fc.jsonValue()).map((body) => ({ shape, body }));
  });
  fc.assert(
    fc.property(json, members, (protocol, { shape, body }) => {
      expectValueOrAwsError(protocol, shape, Buffer.from(JSON.stringify(body)));
    }),
  );
});

test("forms of any kind are read, or refused with an AWS error", () => {
  const form = anInput().chain(({ shape }) => {
    const names = Object.entries(shape.members).map(([name, member]) => {
      return "flatName" in member && member.flatName ? member.flatName : name;
    });
    const step = fc.constantFrom("member", "entry", "Name", "Value", "0", "1", "2", "01", "__proto__", "", ...names);
    const name = fc.array(step, { maxLength: 5 }).map((steps) => steps.join("."));
    const value = fc.oneof(fc.constantFrom("", "1", "true", "AAAA", "%", "%zz", "+", "%00"), fc.string());
    const pair = fc.tuple(fc.oneof(name, fc.constantFrom("", ...names)), value).map((parts) => parts.join("="));
    return fc.array(pair).map((pairs) => ({ shape, body: pairs.join("&") }));
  });
  fc.assert(fc.property(form, ({ shape, body }) => expectValueOrAwsError(awsQuery, shape, Buffer.from(body))));
});
