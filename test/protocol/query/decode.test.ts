import { describe, expect, test } from "vitest";
import {
  blob,
  boolean,
  integer,
  list,
  long,
  map,
  type Shape,
  string,
  structure,
  timestamp,
} from "../../../src/model/shape.ts";
import { awsQuery } from "../../../src/protocol/query/query.ts";
import { decoded, refusal } from "../bodies.ts";

const flatMap = map(string(), { flatName: "Tag", keyName: "Key", valueName: "Value" });
const flatList = list(string(), { flatName: "Name" });
const entries = list(structure({ Id: string(), N: integer() }), { flatName: "Entry" });

const reading = (shape: Shape, form: string) =>
  (decoded(awsQuery, structure({ It: shape }), form) as { It?: unknown }).It;
const textOf = (shape: Shape, form: string) => refusal(awsQuery, structure({ It: shape }), form).message;

describe("scalars", () => {
  test.for([
    ["a string", string(), "It=", ""],
    ["a string", string(), "It=5", "5"],
    ["an integer", integer(), "It=5", 5],
    ["an integer", integer(), "It=-1", -1],
    ["an integer", integer(), "It=%2B1", 1],
    ["an integer", integer(), "It=2147483647", 2147483647],
    ["an integer", integer(), "It=2147483648", 2147483647],
    ["a long", long(), "It=9007199254740991", 9007199254740991],
    ["a boolean", boolean(), "It=true", true],
    ["a boolean", boolean(), "It=False", false],
    ["a boolean", boolean(), "It=1", true],
    ["a boolean", boolean(), "It=0", false],
    ["a blob", blob(), "It=AAH%2F", new Uint8Array([0, 1, 255])],
    ["a blob", blob(), "It=", new Uint8Array()],
    ["a timestamp", timestamp(), "It=1970-01-01T00:00:01Z", 1000],
    ["a timestamp", timestamp(), "It=1970-01-01T01:00:01.5%2B01:00", 1500],
  ] as const)("%s: %s", ([, shape, form, value]) => {
    expect(reading(shape, form)).toEqual(value);
  });

  test.for([
    ["an integer", integer(), "It=five", "'five' can not be converted to an Integer"],
    ["an integer", integer(), "It=", "'' can not be converted to an Integer"],
    ["an integer", integer(), "It=1.5", "'1.5' can not be converted to an Integer"],
    ["a long", long(), "It=1e3", "'1e3' can not be converted to an Long"],
    ["a boolean", boolean(), "It=maybe", "'MAYBE' can not be converted to an Boolean"],
    [
      "a blob",
      blob(),
      "It=A",
      "'A' can not be converted to a Blob: Base64 encoded length is expected a multiple of 4 bytes but found: 1",
    ],
    // A blank is what becomes of a plus sign that was not escaped.
    ["a blob", blob(), "It=AA+A", "'AA A' can not be converted to a Blob: Invalid Base64 character: ' '"],
    ["a timestamp", timestamp(), "It=yesterday", "'yesterday' can not be converted to milliseconds since epoch"],
    ["a timestamp", timestamp(), "It=2012-13-01T00:00:00Z", /milliseconds since epoch$/],
    // Reported of SNS and SQS, as is the code.
    ["a string", string(), "It.1=a", "Start of list found where not expected"],
    ["an integer", integer(), "It.Deep=1", "Start of list found where not expected"],
  ] as const)("%s: %s is refused", ([, shape, form, text]) => {
    expect(textOf(shape, form)).toMatch(text);
  });

  test("the refusal is known as MalformedInput", () => {
    expect(refusal(awsQuery, structure({ It: integer() }), "It=x")).toMatchObject({
      queryCode: "MalformedInput",
      status: 400,
      fault: "Sender",
    });
  });
});

describe("flattened lists and maps", () => {
  test.for([
    ["are in the order of their numbers", "Name.2=b&Name.10=c&Name.1=a", ["a", "b", "c"]],
    ["may leave out numbers", "Name.7=a&Name.9=b", ["a", "b"]],
    ["may have absurd numbers", `Name.999999999=b&Name.1=a&Name.1${"0".repeat(400)}=c`, ["a", "b", "c"]],
    [
      "keep the order of numbers too long to tell apart",
      `Name.2${"0".repeat(400)}=b&Name.1${"0".repeat(400)}=a`,
      ["b", "a"],
    ],
    ["may be a single name without a number", "Name=a", ["a"]],
    ["are empty when the name has no value", "Name=", []],
    ["are empty when the member has no value", "It=", []],
    ["are those of the name when the member has no value", "It=&Name.1=a", ["a"]],
    ["keep empty values", "Name.1=&Name.2=b", ["", "b"]],
    ["take the numbered items when there are both", "Name=x&Name.1=a", ["a"]],
    ["may stand under the name of the member", "It.2=b&It.1=a", ["a", "b"]],
    ["are those of the name when they stand under both", "It.1=a&Name.1=b", ["b"]],
  ] as const)("the items %s", ([, form, value]) => {
    expect(reading(flatList, form)).toEqual(value);
  });

  test.for([
    ["are pairs", "Tag.1.Key=a&Tag.1.Value=b&Tag.2.Key=c&Tag.2.Value=d", { a: "b", c: "d" }],
    ["may be one pair without a number", "Tag.Key=a&Tag.Value=b", { a: "b" }],
    ["may lack a value", "Tag.1.Key=a", { a: "" }],
    ["may lack a key", "Tag.1.Value=b", { "": "b" }],
    ["are none when the name has no value", "Tag=", {}],
    ["may stand under the name of the member", "It.1.Key=a&It.1.Value=b", { a: "b" }],
    ["may come in any order", "Tag.2.Value=d&Tag.1.Value=b&Tag.2.Key=c&Tag.1.Key=a", { a: "b", c: "d" }],
    ["let a later number win", "Tag.2.Key=a&Tag.2.Value=two&Tag.1.Key=a&Tag.1.Value=one", { a: "two" }],
    ["may have absurd numbers", "Tag.999999999.Key=a&Tag.999999999.Value=b", { a: "b" }],
  ] as const)("the entries %s", ([, form, value]) => {
    expect(reading(flatMap, form)).toEqual(value);
  });

  test("a key that means something to the language is a key like any other", () => {
    const tags = reading(flatMap, "Tag.1.Key=__proto__&Tag.1.Value=mine") as Record<string, string>;
    expect(Object.entries(tags)).toEqual([["__proto__", "mine"]]);
    expect(tags.toString).toBeUndefined();
  });

  test.for([
    ["Entry.1.Id=a&Entry.1.N=1&Entry.2.Id=b", [{ Id: "a", N: 1 }, { Id: "b" }]],
    ["Entry.Id=a&Entry.N=1", [{ Id: "a", N: 1 }]],
    ["Entry.1.Nonsense=a", [{}]],
    ["Entry=", []],
  ] as const)("structures: %s", ([form, value]) => {
    expect(reading(entries, form)).toEqual(value);
  });

  // Reported of SQS; numbers start at one.
  test("zero is no number", () => {
    expect(textOf(flatList, "Name.0=a")).toBe("0 is not a valid index");
  });
});

describe("lists and maps that are not flattened", () => {
  const tags = list(structure({ Key: string() }));

  test.for([
    ["a list of strings", list(string()), "It.member.2=b&It.member.1=a", ["a", "b"]],
    ["a list of structures", tags, "It.member.1.Key=a&It.member.2.Key=b", [{ Key: "a" }, { Key: "b" }]],
    ["an empty list", list(string()), "It=", []],
    ["a map", map(string()), "It.entry.1.key=a&It.entry.1.value=b", { a: "b" }],
    [
      "a map with names of its own",
      map(string(), { keyName: "Name", valueName: "Value" }),
      "It.entry.1.Name=a&It.entry.1.Value=b",
      { a: "b" },
    ],
    ["a map of structures", map(structure({ N: integer() })), "It.entry.1.key=a&It.entry.1.value.N=1", { a: { N: 1 } }],
    ["an empty map", map(string()), "It=", {}],
  ] as const)("%s", ([, shape, form, value]) => {
    expect(reading(shape, form)).toEqual(value);
  });

  // Reported of SNS.
  const attributes = map(structure({ DataType: string() }), { keyName: "Name", valueName: "Value" });

  test.for([
    ...["It.entry.1.key=a&It.entry.1.value=x", "It.entry.1.Key=a&It.entry.1.Value=x"],
    ...["It.entry.1.Name=a&It.entry.1.Value=x", "It.entry.1.name=a&It.entry.1.value=x"],
    ...["It.1.key=a&It.1.value=x", "It.1.Name=a&It.1.Value=x", "It.entry.key=a&It.entry.value=x"],
  ])("the entries of a map in any spelling of old clients: %s", (form) => {
    for (const shape of [map(string()), map(string(), { keyName: "Name", valueName: "Value" }), flatMap]) {
      expect(reading(shape, form)).toEqual({ a: "x" });
    }
  });

  test.for(["It.entry.1.Name=a&It.entry.1.Value.DataType=x", "It.entry.1.key=a&It.entry.1.value.DataType=x"])(
    "structures in a map: %s",
    (form) => {
      expect(reading(attributes, form)).toEqual({ a: { DataType: "x" } });
    },
  );

  test("the spelling of the shape counts more than any other", () => {
    expect(reading(map(string()), "It.entry.1.Name=n&It.entry.1.key=k&It.entry.1.value=v")).toEqual({ k: "v" });
  });

  test("items without the wrapper are refused", () => {
    expect(textOf(list(string()), "It.1=a")).toBe("Top level element may not be treated as a list");
  });

  // aws-sdk-go issue 161 and others: what SQS said of `Entries.1.Id`.
  test("structures that stand under the name of a flattened list are refused without the wrapper", () => {
    const entries = list(structure({ Id: string() }), { flatName: "Entry" });
    expect(reading(entries, "Entry.1.Id=a")).toEqual([{ Id: "a" }]);
    expect(reading(entries, "It.member.1.Id=a")).toEqual([{ Id: "a" }]);
    expect(reading(entries, "It=")).toEqual([]);
    expect(textOf(entries, "It.1.Id=a")).toBe("Top level element may not be treated as a list");
  });
});

test("parameters the operation does not know are ignored", () => {
  const form = "Action=DoIt&Version=2012-11-05&AWSAccessKeyId=x&Signature=y&Unknown.1.Deep=z&It=a";
  expect(decoded(awsQuery, structure({ It: string() }), form)).toEqual({ It: "a" });
});
