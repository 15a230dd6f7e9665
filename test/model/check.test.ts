import { describe, expect, test } from "vitest";
import { type Violation, violations } from "../../src/model/check.ts";
import {
  blob,
  boolean,
  integer,
  list,
  long,
  map,
  required,
  type Shape,
  string,
  structure,
  timestamp,
} from "../../src/model/shape.ts";

/** What is wrong with a value given as the only member, `Member`, of an input. */
const violationsOf = (shape: Shape, value: unknown): readonly Violation[] =>
  violations(structure({ Member: shape }), { Member: value });

const constraintsOf = (shape: Shape, value: unknown): readonly string[] =>
  violationsOf(shape, value).map(({ constraint }) => constraint);

describe("one constraint, on both sides of its edge", () => {
  const cases: readonly [name: string, shape: Shape, value: unknown, broken: readonly string[]][] = [
    ["an integer below its minimum", integer({ min: 1 }), 0, ["range"]],
    ["an integer at its minimum", integer({ min: 1 }), 1, []],
    ["an integer at its maximum", integer({ max: 10 }), 10, []],
    ["an integer above its maximum", integer({ max: 10 }), 11, ["range"]],
    ["a long above its maximum", long({ max: 10 }), 11, ["range"]],
    ["a long within its range", long({ min: 0, max: 10 }), 10, []],
    ["a text shorter than its minimum", string({ min: 1 }), "", ["length"]],
    ["a text as long as its minimum", string({ min: 1 }), "a", []],
    ["a text as long as its maximum", string({ max: 3 }), "abc", []],
    ["a text longer than its maximum", string({ max: 3 }), "abcd", ["length"]],
    ["a text of as many characters, whatever their units, as its maximum", string({ max: 3 }), "😀😀😀", []],
    ["a text of more characters than its maximum", string({ max: 3 }), "😀😀😀a", ["length"]],
    ["a text of fewer characters, though not units, than its minimum", string({ min: 2 }), "😀", ["length"]],
    ["a text of as many characters as its minimum", string({ min: 2 }), "a😀", []],
    ["a text of halves of characters, of which each counts", string({ max: 2 }), "\ude00\ud83d\ud83d", ["length"]],
    ["a text that matches its pattern", string({ pattern: /^[a-z]+$/ }), "abc", []],
    ["a text that does not match its pattern", string({ pattern: /^[a-z]+$/ }), "ABC", ["pattern"]],
    ["one of the known values", string({ values: ["All", "None"] }), "All", []],
    ["a value nobody knows", string({ values: ["All", "None"] }), "all", ["values"]],
    ["a blob shorter than its minimum", blob({ min: 1 }), new Uint8Array(0), ["length"]],
    ["a blob as long as its maximum", blob({ max: 2 }), new Uint8Array(2), []],
    ["a blob longer than its maximum", blob({ max: 2 }), new Uint8Array(3), ["length"]],
    ["a list shorter than its minimum", list(string(), { min: 1 }), [], ["length"]],
    ["a list as long as its maximum", list(string(), { max: 1 }), ["a"], []],
    ["a list longer than its maximum", list(string(), { max: 1 }), ["a", "b"], ["length"]],
    ["a map smaller than its minimum", map(string(), { min: 1 }), {}, ["length"]],
    ["a map larger than its maximum", map(string(), { max: 1 }), { a: "1", b: "2" }, ["length"]],
    ["a map as large as its maximum", map(string(), { max: 1 }), { a: "1" }, []],
    ["any boolean", boolean(), false, []],
    ["any timestamp", timestamp(), -1, []],
  ];
  test.for(cases)("%s", ([, shape, value, broken]) => {
    expect(constraintsOf(shape, value)).toEqual(broken);
  });
});

describe("required members", () => {
  const shape = structure({ Name: required(string({ min: 1 })), Note: string({ min: 1 }) });

  test("must be there", () => {
    expect(violations(shape, {})).toEqual([
      { constraint: "required", path: ["Name"], member: "Name", value: undefined },
    ]);
  });

  test("that are there are checked as others are", () => {
    expect(violations(shape, { Name: "" })).toMatchObject([{ constraint: "length", member: "Name" }]);
  });

  test("that are false, zero or empty are there", () => {
    const given = structure({ A: required(boolean()), B: required(integer()), C: required(string()) });
    expect(violations(given, { A: false, B: 0, C: "" })).toEqual([]);
  });

  test("are not missed when they are not required", () => {
    expect(violations(shape, { Name: "a", Note: undefined })).toEqual([]);
  });
});

describe("a violation", () => {
  test("carries the value and the bounds it breaks", () => {
    expect(violationsOf(integer({ min: 0, max: 900 }), 901)).toEqual([
      { constraint: "range", path: ["Member"], member: "Member", value: 901, min: 0, max: 900 },
    ]);
    expect(violationsOf(string({ max: 1 }), "ab")).toEqual([
      { constraint: "length", path: ["Member"], member: "Member", value: "ab", min: undefined, max: 1 },
    ]);
  });

  test("carries the pattern or the values it was measured against", () => {
    const pattern = /^a$/;
    expect(violationsOf(string({ pattern }), "b")).toMatchObject([{ pattern, value: "b" }]);
    expect(violationsOf(string({ values: ["a"] }), "b")).toMatchObject([{ values: ["a"], value: "b" }]);
  });

  test("names the way to a member of a structure in a list, whose positions count from 1", () => {
    const entry = structure({ Id: required(string({ max: 3 })) });
    const shape = structure({ Entries: list(entry) });
    expect(violations(shape, { Entries: [{ Id: "abc" }, { Id: "abcd" }, {}] })).toMatchObject([
      { constraint: "length", path: ["Entries", "2", "Id"], member: "Id", value: "abcd" },
      { constraint: "required", path: ["Entries", "3", "Id"], member: "Id" },
    ]);
  });

  test("in a list is blamed on the member that holds the list", () => {
    expect(violationsOf(list(string({ max: 1 })), ["a", "bb"])).toMatchObject([
      { path: ["Member", "2"], member: "Member", value: "bb" },
    ]);
  });

  test("in a map names the key, whether the key or the value is wrong", () => {
    const shape = map(structure({ Type: required(string()) }), { key: string({ max: 3 }) });
    expect(violationsOf(shape, { long: { Type: "String" }, ok: {} })).toMatchObject([
      { constraint: "length", path: ["Member", "long"], member: "Member", value: "long" },
      { constraint: "required", path: ["Member", "ok", "Type"], member: "Type" },
    ]);
  });

  test.for([
    ["an item of a list", list(string({ max: 1 })), ["a", "bb"], "item"],
    ["a key of a map", map(string(), { key: string({ max: 1 }) }), { bb: "c" }, "key"],
    ["an entry of a map", map(string({ max: 1 })), { b: "cc" }, "entry"],
  ] as const)("in %s shows the whole", ([, shape, whole, part]) => {
    const [violation] = violationsOf(shape, whole);
    expect(violation?.whole).toEqual({ part, value: whole, shape: string({ max: 1 }) });
  });

  test("in a structure shows no whole, even if the structure stands in a list", () => {
    const [violation] = violationsOf(list(structure({ Id: string({ max: 1 }) })), [{ Id: "ab" }]);
    expect(violation?.whole).toBeUndefined();
  });
});

describe("of the parts of a list or map the first bad one is reported, since the whole is told of once", () => {
  test.for([
    ["items", list(string({ max: 1 })), ["a", "bb", "cc"], [["Member", "2"]]],
    ["keys", map(string(), { key: string({ max: 1 }) }), { bb: "c", dd: "e" }, [["Member", "bb"]]],
    ["entries", map(string({ max: 1 })), { a: "bb", c: "dd" }, [["Member", "a"]]],
    [
      "keys and entries",
      map(string({ max: 1 }), { key: string({ max: 1 }) }),
      { a: "bb", cc: "dd" },
      [
        ["Member", "cc"],
        ["Member", "a"],
      ],
    ],
  ] as const)("%s", ([, shape, whole, paths]) => {
    expect(violationsOf(shape, whole).map(({ path }) => path)).toEqual(paths);
  });

  test("and members after it are looked at", () => {
    const shape = structure({ Keys: list(string({ max: 1 })), Name: required(string()) });
    expect(violations(shape, { Keys: ["aa", "bb"] }).map(({ member }) => member)).toEqual(["Keys", "Name"]);
  });

  test("ten thousand bad structures are not all described", () => {
    const entries = Array.from({ length: 10_000 }, () => ({}));
    const found = violationsOf(list(structure({ A: required(string()), B: required(string()) })), entries);
    expect(found.at(0)).toMatchObject({ path: ["Member", "1", "A"] });
    expect(found.length).toBeLessThan(1000);
  });
});

test.for([
  ["as long as any that are matched", 16 * 1024, []],
  ["longer", 16 * 1024 + 1, ["pattern"]],
] as const)("a text %s", ([, length, broken]) => {
  expect(constraintsOf(string({ pattern: /^a*$/ }), "a".repeat(length))).toEqual(broken);
});

test("every violation is found, in the order of the members", () => {
  const shape = structure({
    B: integer({ max: 1 }),
    A: required(string()),
    C: string({ min: 2, pattern: /^[a-z]*$/ }),
  });
  expect(violations(shape, { C: "1", B: 2 }).map(({ member, constraint }) => `${member} ${constraint}`)).toEqual([
    "B range",
    "A required",
    "C pattern",
    "C length",
  ]);
});

test("members that the shape does not know are not looked at", () => {
  expect(violations(structure({ A: string() }), { A: "a", Z: 1 })).toEqual([]);
});
