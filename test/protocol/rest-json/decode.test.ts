import { describe, expect, test } from "vitest";
import { AwsError } from "../../../src/kernel/aws-error.ts";
import type { RestContract } from "../../../src/model/contract.ts";
import { header, label, named, payload, query } from "../../../src/model/location.ts";
import {
  blob,
  boolean,
  integer,
  list,
  type StructureShape,
  string,
  structure,
  timestamp,
} from "../../../src/model/shape.ts";
import type { WireRequest } from "../../../src/protocol/protocol.ts";
import { MOST_VALUES } from "../../../src/protocol/pruned-document.ts";
import { restJson1 } from "../../../src/protocol/rest-json/rest-json.ts";
import { aRequest } from "../bodies.ts";

function decoded(input: StructureShape, body: string | Buffer, parts: Partial<WireRequest> = {}): unknown {
  const contract: RestContract = { name: "DoIt", http: { method: "POST", path: "/do/{Id}" }, input, errors: [] };
  return restJson1.decode(contract, aRequest(body, { path: "/do/1", ...parts }));
}

function refusal(input: StructureShape, body: string | Buffer, parts: Partial<WireRequest> = {}): string {
  try {
    return `accepted: ${JSON.stringify(decoded(input, body, parts))}`;
  } catch (error) {
    if (error instanceof AwsError) return `${error.shape}: ${error.message}`;
    throw error;
  }
}

const places = structure({
  Id: label(integer()),
  Since: query("since", timestamp()),
  IsOn: query("on", boolean()),
  Day: header("X-Day", timestamp()),
  Name: string(),
});

describe("what cannot be read is refused", () => {
  test.for<readonly [string, string | Buffer, Partial<WireRequest>, string]>([
    ["a label that is no number", "", { path: "/do/x" }, "'x' can not be converted to an Integer"],
    ["a label that is no UTF-8", "", { path: "/do/%ff" }, ""],
    ["a label with half an escape", "", { path: "/do/%2" }, ""],
    ["a parameter with half an escape", "", { query: "since=%" }, ""],
    [
      "a day in the query string",
      "",
      { query: "since=monday" },
      "'monday' can not be converted to milliseconds since epoch",
    ],
    ["a word that is no boolean", "", { query: "on=maybe" }, "'MAYBE' can not be converted to an Boolean"],
    [
      "ISO 8601 in a header",
      "",
      { headers: { "x-day": "2023-03-22T21:29:44Z" } },
      "'2023-03-22T21:29:44Z' can not be converted to milliseconds since epoch",
    ],
    ["a body that is no object", "[]", {}, ""],
    ["a body that is no UTF-8", Buffer.from([0x7b, 0xff]), {}, ""],
    [
      "a body that has another type",
      '{"Name":1}',
      {},
      "class com.amazon.coral.value.json.numbers.TruncatingBigNumber can not be converted to an String",
    ],
  ])("%s", ([, body, parts, message]) => {
    expect(refusal(places, body, parts)).toBe(`SerializationException: ${message}`);
  });

  test("a text for a payload that is no UTF-8", () => {
    expect(refusal(structure({ Text: payload(string()) }), Buffer.from([0xff]))).toBe("SerializationException: ");
  });
});

test("no body is an empty object", () => {
  expect(decoded(places, "")).toEqual({ Id: 1 });
});

test("the body of an operation that has no members there is not looked at", () => {
  expect(decoded(structure({ Id: label(integer()) }), "nonsense")).toEqual({ Id: 1 });
});

test("of a parameter given twice the first counts", () => {
  expect(decoded(structure({ It: query("it", string()) }), "", { query: "it=a&it=b" })).toEqual({ It: "a" });
});

test("a parameter without a value is an empty text", () => {
  expect(decoded(structure({ It: query("it", string()) }), "", { query: "&it" })).toEqual({ It: "" });
});

test("several lines of one header are one list", () => {
  const input = structure({ It: header("X-It", list(string())) });
  expect(decoded(input, "", { headers: { "x-it": ["a", '"b, \\"c\\"", d'] } })).toEqual({ It: ["a", 'b, "c"', "d"] });
});

test("bytes for a payload are those of the request, not a copy", () => {
  const input = structure({ It: payload(blob()) });
  const request = aRequest("abc");
  const contract: RestContract = { name: "DoIt", http: { method: "POST", path: "/" }, input, errors: [] };
  const { It } = restJson1.decode(contract, request) as { readonly It: Uint8Array };
  expect(It).toEqual(new Uint8Array([97, 98, 99]));
  expect(It.buffer).toBe(request.body.buffer);
});

test("members with a name of their own are found in bodies of any size", () => {
  const input = structure({ Items: named("items", list(structure({ Name: named("n", string()) }), { max: 2 })) });
  const items = Array.from({ length: MOST_VALUES }, () => ({ n: "a", Name: "b" }));
  expect(decoded(input, JSON.stringify({ items, Items: [1] }))).toEqual({
    Items: [{ Name: "a" }, { Name: "a" }, { Name: "a" }],
  });
});
