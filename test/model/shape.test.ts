import { expect, expectTypeOf, test } from "vitest";
import {
  blob,
  boolean,
  type Infer,
  integer,
  isRequired,
  list,
  map,
  required,
  shapeOf,
  string,
  structure,
} from "../../src/model/shape.ts";

test("a structure's type follows from its members, required ones present and the others perhaps not", () => {
  const shape = structure({
    Name: required(string()),
    Count: integer(),
    Flag: boolean(),
    Data: blob(),
    Entries: list(structure({ Id: required(string()) })),
    Tags: required(map(string())),
  });
  type Input = Infer<typeof shape>;
  expectTypeOf<Input["Name"]>().toEqualTypeOf<string>();
  expectTypeOf<Input["Tags"]>().toEqualTypeOf<Readonly<Record<string, string>>>();
  expectTypeOf<Input["Count"]>().toEqualTypeOf<number | undefined>();
  expectTypeOf<Input["Flag"]>().toEqualTypeOf<boolean | undefined>();
  expectTypeOf<Input["Data"]>().toEqualTypeOf<Uint8Array | undefined>();
  expectTypeOf<NonNullable<Input["Entries"]>[number]["Id"]>().toEqualTypeOf<string>();
  expectTypeOf<{ Name: string; Tags: Record<string, string> }>().toExtend<Input>();
  expectTypeOf<{ Name: string }>().not.toExtend<Input>();
  expect(Object.keys(shape.members)).toEqual(["Name", "Count", "Flag", "Data", "Entries", "Tags"]);
});

test("a required member is the same shape, marked", () => {
  const shape = string({ min: 1 });
  expect(shapeOf(required(shape))).toBe(shape);
  expect(shapeOf(shape)).toBe(shape);
  expect([isRequired(required(shape)), isRequired(shape)]).toEqual([true, false]);
});

test("a map calls its keys and values key and value unless told otherwise", () => {
  expect(map(string())).toMatchObject({ key: string(), keyName: "key", valueName: "value" });
  expect(map(string(), { keyName: "Name", valueName: "Value" })).toMatchObject({ keyName: "Name", valueName: "Value" });
});
