import { expect, test } from "vitest";
import type { RestContract } from "../../../src/model/contract.ts";
import { byteStream, header, payload, prefixHeaders } from "../../../src/model/location.ts";
import { list, map, type StructureShape, string, structure } from "../../../src/model/shape.ts";
import { restJson1 } from "../../../src/protocol/rest-json/rest-json.ts";
import { lambdaModel } from "../rest-contracts.ts";

function encoded(output: StructureShape, value: unknown) {
  const contract: RestContract = {
    name: "DoIt",
    http: { method: "POST", path: "/" },
    input: structure({}),
    output,
    errors: [],
  };
  return restJson1.encode(lambdaModel, contract, value, "id");
}

test("a payload can be given piece by piece", () => {
  async function* pieces(): AsyncGenerator<Uint8Array> {
    yield new Uint8Array([1]);
  }
  const body = pieces();
  const answer = encoded(structure({ Payload: payload(byteStream()) }), { Payload: body });
  expect(answer.body).toBe(body);
  expect(answer.headers["content-type"]).toBe("application/octet-stream");
});

test("an output can say what its payload is", () => {
  const output = structure({ Type: header("Content-Type", string()), Payload: payload(byteStream()) });
  expect(encoded(output, { Type: "text/html", Payload: new Uint8Array() }).headers).toEqual({
    "content-type": "text/html",
    "x-amzn-RequestId": "id",
  });
});

test("what a header cannot carry is no second header", () => {
  const output = structure({ It: header("X-It", string()), Meta: prefixHeaders("x-meta-", map(string())) });
  expect(encoded(output, { It: "a\r\nX-Other: b", Meta: { one: "€" } }).headers).toMatchObject({
    "X-It": "a??X-Other: b",
    "x-meta-one": "?",
  });
});

test("items of a list in a header are in quotes when they need them", () => {
  const output = structure({ It: header("X-It", list(string())) });
  expect(encoded(output, { It: ["a", "b,c", 'd"\\'] }).headers["X-It"]).toBe('a, "b,c", "d\\"\\\\"');
});

test("members of headers are not in the body", () => {
  const output = structure({ It: header("X-It", string()), Name: string() });
  expect(encoded(output, { It: "a", Name: undefined }).body).toBe("{}");
});
