import { expect, test } from "vitest";
import { violations } from "../../src/model/check.ts";
import { blob, double, integer, list, map, required, string, structure } from "../../src/model/shape.ts";
import { constraintText } from "../../src/service/constraint-wording.ts";

const entry = structure({ Id: required(string({ min: 2, max: 3 })), Tags: map(string({ pattern: /^[a-z]+$/ })) });
const shape = structure({
  Name: required(string()),
  MaxResults: integer({ min: 1, max: 5 }),
  Color: string({ values: ["red", "blue"] }),
  Data: blob({ max: 1 }),
  Entries: list(entry, { max: 1 }),
  Keys: list(string({ min: 1, max: 2 })),
});

const textOf = (input: object): string => constraintText(shape, violations(shape, input));

test.for<[input: object, clause: string]>([
  [{}, "Value null at 'name' failed to satisfy constraint: Member must not be null"],
  [
    { Name: "x", MaxResults: 0 },
    "Value '0' at 'maxResults' failed to satisfy constraint: Member must have value greater than or equal to 1",
  ],
  [
    { Name: "x", MaxResults: 6 },
    "Value '6' at 'maxResults' failed to satisfy constraint: Member must have value less than or equal to 5",
  ],
  [
    { Name: "x", Color: "green" },
    "Value 'green' at 'color' failed to satisfy constraint: Member must satisfy enum value set: [red, blue]",
  ],
  [
    { Name: "x", Entries: [{ Id: "a" }] },
    "Value 'a' at 'entries.1.member.id' failed to satisfy constraint: Member must have length greater than or equal to 2",
  ],
  [
    { Name: "x", Entries: [{ Id: "😀" }] },
    "Value '😀' at 'entries.1.member.id' failed to satisfy constraint: Member must have length greater than or equal to 2",
  ],
  [
    { Name: "x", Entries: [{ Id: "abcd" }] },
    "Value 'abcd' at 'entries.1.member.id' failed to satisfy constraint: Member must have length less than or equal to 3",
  ],
  [
    { Name: "x", Entries: [{ Id: "ab", Tags: { ok: "x", "a.b": "X" } }] },
    "Value '{ok=x, a.b=X}' at 'entries.1.member.tags' failed to satisfy constraint: Map value must satisfy constraint: [Member must satisfy regular expression pattern: ^[a-z]+$]",
  ],
  [
    { Name: "x", Keys: ["", "ok", "long"] },
    "Value '[, ok, long]' at 'keys' failed to satisfy constraint: Member must satisfy constraint: [Member must have length less than or equal to 2, Member must have length greater than or equal to 1]",
  ],
])("%j: %s", ([input, clause]) => {
  expect(textOf(input)).toBe(`1 validation error detected: ${clause}`);
});

test("several clauses are counted", () => {
  expect(textOf({ MaxResults: 0, Entries: [{}] })).toBe(
    "3 validation errors detected: Value null at 'name' failed to satisfy constraint: Member must not be null; Value '0' at 'maxResults' failed to satisfy constraint: Member must have value greater than or equal to 1; Value null at 'entries.1.member.id' failed to satisfy constraint: Member must not be null",
  );
});

test.for<[input: object, place: string]>([
  [{ Name: "x", Data: Buffer.from("xx") }, "data"],
  [{ Name: "x", Entries: [{ Id: "ab" }, { Id: "cd" }] }, "entries"],
])("what is no text or number is not shown: %#", ([input, place]) => {
  expect(textOf(input)).toBe(
    `1 validation error detected: Value at '${place}' failed to satisfy constraint: Member must have length less than or equal to 1`,
  );
});

test("numbers in a map are shown, and what each has to be is told as Java prints it", () => {
  const weights = structure({ Weights: map(double({ min: 0, max: 1 })) });
  const input = { Weights: { 1: 1.5 } };
  expect(constraintText(weights, violations(weights, input), { refusesNullParts: true })).toBe(
    "1 validation error detected: Value '{1=1.5}' at 'weights' failed to satisfy constraint: Map value must satisfy constraint: [Member must have value less than or equal to 1.0, Member must have value greater than or equal to 0.0, Member must not be null]",
  );
});
