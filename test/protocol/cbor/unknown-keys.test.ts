import { expect, test, vi } from "vitest";
import { string, structure } from "../../../src/model/shape.ts";
import { parseInput } from "../../../src/protocol/cbor/parse.ts";
import { MOST_VALUES } from "../../../src/protocol/pruned-document.ts";

const MANY = MOST_VALUES;
const text = (value: string) => Buffer.concat([Buffer.from([0x60 + value.length]), Buffer.from(value)]);
const chunked = (value: string) => Buffer.concat([Buffer.from([0x7f]), ...[...value].map(text), Buffer.from([0xff])]);

test("of keys nobody knows no texts are made, however many they are", () => {
  const unknown = Array.from({ length: MANY }, (_, index) =>
    Buffer.concat([text(index.toString(36)), Buffer.from([0])]),
  );
  const parts = [
    Buffer.from([0xbf]),
    ...unknown,
    chunked("Name"),
    text("a"),
    text("Nam"),
    text("b"),
    Buffer.from([0xff]),
  ];
  const body = Buffer.concat(parts);
  const made = vi.spyOn(body, "toString");
  expect(parseInput(structure({ Name: string() }), body)).toEqual({ Name: "a" });
  expect(made).toHaveBeenCalledTimes(1);
});
