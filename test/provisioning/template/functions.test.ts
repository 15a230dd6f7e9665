import { describe, expect, test } from "vitest";
import { jsonOf } from "../../../src/provisioning/template/value.ts";
import { resolved } from "../../support/provisioning.ts";

const QUEUE = { Type: "AWS::SQS::Queue" };
const PARAMETERS = {
  Env: { Type: "String", Default: "dev" },
  Size: { Type: "Number", Default: "3.0" },
  Names: { Type: "CommaDelimitedList", Default: "a, b,c" },
};

/** The property of a resource that has the value, once it is resolved. */
async function resolvedValue(value: unknown, more: object = {}): Promise<unknown> {
  const template = {
    Parameters: PARAMETERS,
    Mappings: { Regions: { "us-east-1": { size: "big", zones: ["x", "y"] } } },
    Conditions: { IsDev: { "Fn::Equals": [{ Ref: "Env" }, "dev"] }, IsProd: { "Fn::Not": [{ Condition: "IsDev" }] } },
    Resources: { Q: QUEUE, R: { Type: "AWS::X::Y", Properties: { V: value } } },
    ...more,
  };
  const { resources } = await resolved(template, { exported: (name) => (name === "shared" ? "value" : undefined) });
  const { V } = resources.get("R")!.properties;
  return V === undefined ? undefined : jsonOf(V);
}

const values: readonly (readonly [what: string, value: unknown, result: unknown])[] = [
  ["Ref of a parameter", { Ref: "Env" }, "dev"],
  ["Ref of a list", { Ref: "Names" }, ["a", "b", "c"]],
  ["Ref of a pseudo parameter", { Ref: "AWS::Region" }, "us-east-1"],
  ["Ref of a resource", { Ref: "Q" }, { Ref: "Q" }],
  ["GetAtt as a list", { "Fn::GetAtt": ["Q", "Arn"] }, { "Fn::GetAtt": ["Q", "Arn"] }],
  [
    "GetAtt as a text, which splits at the first dot",
    { "Fn::GetAtt": "Q.Arn.Part" },
    { "Fn::GetAtt": ["Q", "Arn.Part"] },
  ],
  [
    "GetAtt of an attribute that is a parameter",
    { "Fn::GetAtt": ["Q", { Ref: "Env" }] },
    { "Fn::GetAtt": ["Q", "dev"] },
  ],
  ["Sub", { "Fn::Sub": "${Env}-${ AWS::AccountId }-${!Literal}" }, "dev-000000000000-${Literal}"],
  ["Sub of a number, which stays as it was typed", { "Fn::Sub": "${Size}" }, "3.0"],
  ["Sub with values, which win over names", { "Fn::Sub": ["${Env}", { Env: "own" }] }, "own"],
  ["Sub of what waits", { "Fn::Sub": "a-${Q.Arn}" }, { "Fn::Join": ["", ["a-", { "Fn::GetAtt": ["Q", "Arn"] }]] }],
  ["Join", { "Fn::Join": ["-", ["a", { Ref: "Env" }, { Ref: "AWS::NoValue" }]] }, "a-dev"],
  ["Join of nothing that is left", { "Fn::Join": ["-", [{ Ref: "AWS::NoValue" }]] }, ""],
  ["Join of a list parameter", { "Fn::Join": ["", { Ref: "Names" }] }, "abc"],
  ["Split", { "Fn::Split": [",", "a,b"] }, ["a", "b"]],
  ["Split of what waits", { "Fn::Split": [":", { Ref: "Q" }] }, { "Fn::Split": [":", { Ref: "Q" }] }],
  ["Select", { "Fn::Select": ["1", { Ref: "Names" }] }, "b"],
  ["Select of what need not wait", { "Fn::Select": [0, ["a", { Ref: "Q" }]] }, "a"],
  ["Select by a mapping", { "Fn::Select": [{ "Fn::Length": ["x"] }, ["a", "b"]] }, "b"],
  ["If", { "Fn::If": ["IsDev", "yes", "no"] }, "yes"],
  ["If without a value", { "Fn::If": ["IsProd", "yes", { Ref: "AWS::NoValue" }] }, undefined],
  ["FindInMap", { "Fn::FindInMap": ["Regions", { Ref: "AWS::Region" }, "zones"] }, ["x", "y"]],
  ["ImportValue", { "Fn::ImportValue": { "Fn::Sub": "shared" } }, "value"],
  ["Base64", { "Fn::Base64": "hello" }, "aGVsbG8="],
  ["GetAZs", { "Fn::GetAZs": "" }, ["us-east-1a", "us-east-1b", "us-east-1c"]],
  ["Cidr", { "Fn::Cidr": ["10.0.0.0/24", 2, 5] }, ["10.0.0.0/27", "10.0.0.32/27"]],
];

test.for(values)("%s", async ([, value, result]) => {
  const needsExtensions = JSON.stringify(value).includes("Fn::Length");
  const more = needsExtensions ? { Transform: "AWS::LanguageExtensions" } : {};
  expect(await resolvedValue(value, more)).toEqual(result);
});

const SUB =
  "Template error: One or more Fn::Sub intrinsic functions don't specify expected arguments. Specify a string as first argument, and an optional second argument to specify a mapping of values to replace in the string";
const GET_ATT =
  "Template error: every Fn::GetAtt object requires two non-empty parameters, the resource name and the resource attribute";
const malformed: readonly (readonly [value: unknown, message: string])[] = [
  [{ Ref: ["a"] }, "Template format error: Every Ref object must have a single String value."],
  [
    { Ref: "Nothing" },
    "Template format error: Unresolved resource dependencies [Nothing] in the Resources block of the template",
  ],
  [
    { "Fn::GetAtt": ["Nothing", "Arn"] },
    "Template error: instance of Fn::GetAtt references undefined resource Nothing",
  ],
  [{ "Fn::GetAtt": ["Q", ""] }, GET_ATT],
  [{ "Fn::GetAtt": "Q" }, GET_ATT],
  [{ "Fn::Sub": ["a", "b"] }, SUB],
  [
    { "Fn::Sub": "${A}${B.c}" },
    "Template format error: Unresolved resource dependencies [A, B] in the Resources block of the template",
  ],
  ...["${}", "${a-b}", "${VAR:-default}", "${a b}"].map(
    (text) =>
      [
        { "Fn::Sub": text },
        "Template error: variable names in Fn::Sub syntax must contain only alphanumeric characters, underscores, periods, and colons",
      ] as const,
  ),
  [
    { "Fn::Join": [{ Ref: "AWS::Region" }, ["a", "b"]] },
    "Template error: every Fn::Join object requires two parameters, (1) a string delimiter and (2) a list of strings",
  ],
  [
    { "Fn::Join": ["-"] },
    "Template error: every Fn::Join object requires two parameters, (1) a string delimiter and (2) a list of strings to be joined or a function that returns a list of strings (such as Fn::GetAZs) to be joined.",
  ],
  [
    { "Fn::Split": [",", ["a"]] },
    "Template error: every Fn::Split object requires two parameters, (1) a string delimiter and (2) a string to be split or a function that returns a string to be split.",
  ],
  [{ "Fn::Select": [3, ["a"]] }, "Template error: Fn::Select cannot select nonexistent value at index 3"],
  [
    { "Fn::Select": ["x", ["a"]] },
    "Template error: Fn::Select requires a list argument with two elements: an integer index and a list",
  ],
  [{ "Fn::If": ["Nothing", 1, 2] }, "Template error: unresolved condition dependency Nothing in Fn::If"],
  [{ "Fn::If": [1] }, "Template error: Fn::If requires a list argument with the first parameter being a condition"],
  [
    { "Fn::FindInMap": ["Regions", "eu-west-1", "size"] },
    "Template error: Unable to get mapping for Regions::eu-west-1::size",
  ],
  [
    { "Fn::FindInMap": ["Nothing", "a", "b"] },
    "Template error: Mapping named 'Nothing' is not present in the 'Mappings' section of template.",
  ],
  [
    { "Fn::FindInMap": ["Regions", "__proto__", "toString"] },
    "Template error: Unable to get mapping for Regions::__proto__::toString",
  ],
  [
    { "Fn::FindInMap": ["Regions"] },
    "Template error: every Fn::FindInMap object requires three parameters, the map name, map key and the attribute for return value",
  ],
  [{ "Fn::ImportValue": "nothing" }, "No export named nothing found."],
  [
    { "Fn::ImportValue": { Ref: "Q" } },
    "Template error: the attribute in Fn::ImportValue must not depend on any resources, imported values, or Fn::GetAZs",
  ],
  [{ "Fn::Base64": ["a"] }, "Template error: every Fn::Base64 object must have a String-typed value."],
  [{ "Fn::Cidr": ["10.0.0.0/24", 900, 5] }, "Template error: Fn::Cidr requires a CIDR block"],
  [
    { "Fn::Nonsense": 1 },
    "Template error: Encountered unsupported function: Fn::Nonsense Supported functions are: [Fn::Base64, Fn::GetAtt",
  ],
  [{ "Fn::Equals": [1, 1] }, "Template error: Fn::Equals cannot be used here"],
];

test.for(malformed)("%j is refused", async ([value, message]) => {
  await expect(resolvedValue(value)).rejects.toThrow(message);
});

const conditions: readonly (readonly [condition: unknown, holds: boolean | string])[] = [
  [{ "Fn::Equals": ["a", { Ref: "Env" }] }, false],
  [{ "Fn::Equals": [true, "true"] }, true],
  [{ "Fn::And": [{ Condition: "Yes" }, { "Fn::Equals": [1, "1"] }] }, true],
  [{ "Fn::Or": [{ Condition: "No" }, { Condition: "Yes" }] }, true],
  [{ "Fn::Not": [{ Condition: "Yes" }] }, false],
  [
    { "Fn::And": [{ Condition: "Yes" }] },
    "Template error: every Fn::And object requires a list of at least 2 and at most 10 boolean parameters.",
  ],
  [{ "Fn::Not": [] }, "Template error: every Fn::Not object requires one boolean parameter."],
  [{ "Fn::Equals": ["a"] }, "Template error: every Fn::Equals object requires a list of 2 string parameters."],
  [{ Condition: "C" }, "Template error: Circular dependency between conditions: [C]"],
  [
    { "Fn::Equals": [{ Ref: "Q" }, "a"] },
    "Template format error: Unresolved dependencies [Q]. Cannot reference resources in the Conditions block of the template",
  ],
];

test.for(conditions)("the condition %j is %j", async ([C, holds]) => {
  const Yes = { "Fn::Equals": ["a", "a"] };
  const Conditions = { Yes, No: { "Fn::Not": [{ Condition: "Yes" }] }, C };
  const stack = resolved({ Parameters: PARAMETERS, Conditions, Resources: { Q: QUEUE } });
  if (typeof holds === "string") await expect(stack).rejects.toThrow(holds);
  else expect((await stack).conditions.get("C")).toBe(holds);
});

describe("a resource whose condition does not hold", () => {
  const template = (Q: object) => ({
    Conditions: { No: { "Fn::Equals": ["a", "b"] } },
    Resources: { Gone: { ...QUEUE, Condition: "No" }, Q: { ...QUEUE, ...Q } },
  });

  test("is not there, and whoever refers to it is refused", async () => {
    expect([...(await resolved(template({}))).resources.keys()]).toEqual(["Q"]);
    await expect(resolved(template({ Properties: { QueueName: { Ref: "Gone" } } }))).rejects.toThrow(
      "Template format error: Unresolved resource dependencies [Gone] in the Resources block of the template",
    );
  });

  test("can be depended on, and referred to where that is not taken", async () => {
    const untaken = { QueueName: { "Fn::If": ["No", { Ref: "Gone" }, "q"] } };
    const { resources } = await resolved(template({ DependsOn: "Gone", Properties: untaken }));
    expect(resources.get("Q")).toMatchObject({ dependsOn: [], properties: { QueueName: "q" } });
  });
});

test("texts that double in each function are refused before they fill the memory", async () => {
  const nested = Array.from({ length: 22 }).reduce<unknown>(
    (inner) => ({ "Fn::Sub": ["${a}${a}", { a: inner }] }),
    "0123456789",
  );
  await expect(resolvedValue(nested)).rejects.toThrow(
    "Template error: the functions of the template make more than 16777216 characters",
  );
});
