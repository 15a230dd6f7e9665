import { expect, test } from "vitest";
import { readTemplate } from "../../../src/provisioning/template/template.ts";
import { aStack, noPause, resolved } from "../../support/provisioning.ts";

const QUEUE = { Type: "AWS::SQS::Queue" };
const Resources = { Q: QUEUE };
const many = (count: number, value: unknown) =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`N${index}`, value]));

const texts: readonly (readonly [text: string, message: string])[] = [
  ['{"a": }', "Template format error: JSON not well-formed. (line 1, column 7)"],
  ['{"a": 1,\n "b" 2}', "Template format error: JSON not well-formed. (line 2, column 6)"],
  ['{"a": "\\x"}', "Template format error: JSON not well-formed. (line 1, column 7)"],
  [`{"a": ${"[".repeat(200)}`, "Template format error: JSON not well-formed. (line 1, column 107)"],
  ["a: [", "Template format error: YAML not well-formed. (line 1, column 5)"],
  ["a: 1\na: 2", "Template format error: YAML not well-formed. (line 2, column 1)"],
  ["a: !Foo 1", "Template format error: YAML not well-formed. (line 1, column"],
  ["[".repeat(5000), "Template format error: YAML not well-formed. (line 1, column"],
  ["a: &x 1\nb: *x", "Template error: YAML aliases are not allowed in CloudFormation templates"],
  ["just text", "Template format error: unsupported structure."],
  ["", "Template format error: YAML not well-formed. (line 1, column 1)"],
  ["x".repeat(1024 * 1024 + 1), "Template format error: Template may not exceed 1048576 bytes in size."],
];

test.for(texts.map(([text, message]) => [text.slice(0, 20), text, message] as const))(
  "%j is refused",
  async ([, text, message]) => {
    await expect(readTemplate(text, noPause)).rejects.toThrow(message);
  },
);

const sections: readonly (readonly [what: string, template: object, message: string])[] = [
  ["no resources", {}, "Template format error: At least one Resources member must be defined."],
  [
    "another version",
    { AWSTemplateFormatVersion: "2020-01-01", Resources },
    "Template format error: unsupported value for AWSTemplateFormatVersion.",
  ],
  ["a section there is not", { Resource: {}, Resources }, "Invalid template property or properties [Resource]"],
  [
    "a description that is no text",
    { Description: ["a"], Resources },
    "Template format error: every Description member must be a string.",
  ],
  [
    "a description of more than 1024 bytes",
    { Description: `${"x".repeat(1023)}é`, Resources },
    "Template format error: 'Description' length is greater than 1024.",
  ],
  [
    "a member of a parameter there is not",
    { Parameters: { P: { Type: "String", DefaultValue: "a" } }, Resources },
    "Invalid template parameter property 'DefaultValue'",
  ],
  [
    "a list as an output",
    { Resources, Outputs: { O: { Value: ["a"] } } },
    "Template format error: The Value field of every Outputs member must evaluate to a String and not a List.",
  ],
  [
    "an object as an output",
    { Resources, Outputs: { O: { Value: { Ref: "Q", "Fn::Sub": "a" } } } },
    "Template format error: The Value field of every Outputs member must evaluate to a String and not a Map.",
  ],
  [
    "an output that becomes a list",
    { Resources, Outputs: { O: { Value: { "Fn::Split": [",", "a,b"] } } } },
    "Template format error: The Value field of every Outputs member must evaluate to a String.",
  ],
  [
    "an export without a name",
    { Resources, Outputs: { O: { Value: "a", Export: "b" } } },
    "Template format error: Output O is malformed. The Name field of every Export member must be specified and consist only of alphanumeric characters, colons, or hyphens.",
  ],
  [
    "a name of an export with an underscore",
    { Resources, Outputs: { O: { Value: "a", Export: { Name: { "Fn::Sub": "${AWS::StackName}_a" } } } } },
    "Template format error: Output O is malformed. The Name field of every Export member must be specified and consist only of alphanumeric characters, colons, or hyphens.",
  ],
  ...[{ "Fn::GetAtt": ["Q", "QueueName"] }, { "Fn::Sub": "a-${Q}" }, { "Fn::ImportValue": "a" }].map(
    (Name): (typeof sections)[number] => [
      `an export named ${JSON.stringify(Name)}`,
      { Resources, Outputs: { O: { Value: "a", Export: { Name } } } },
      "Template format error: Output O is malformed.  The Name field of Export must not depend on any resources, imported values, or Fn::GetAZs.",
    ],
  ),
  [
    "a name of an export with more than 256 characters",
    { Resources, Outputs: { O: { Value: "a", Export: { Name: "a".repeat(257) } } } },
    "Template format error: Output O is malformed. The Name field of every Export member must not be longer than 256 characters.",
  ],
  [
    "a name that two outputs are exported by",
    { Resources, Outputs: { A: { Value: "a", Export: { Name: "n" } }, B: { Value: "b", Export: { Name: "n" } } } },
    "Template format error: The Outputs section contains duplicate Export names: [n]. Specify a unique name for each export.",
  ],
  [
    "a default of more than 4096 characters",
    { Parameters: { P: { Type: "String", Default: "a".repeat(4097) } }, Resources },
    `Template format error: Parameter 'P' default value '${"a".repeat(4097)}' length is greater than 4096.`,
  ],
  [
    "a resource that is no object",
    { Resources: { A: 1 } },
    "Template format error: Any Resources member must be an object.",
  ],
  [
    "a resource without a type",
    { Resources: { A: {} } },
    "Template format error: [/Resources/A] Every Resources object must contain a Type member.",
  ],
  ["a member there is not", { Resources: { A: { ...QUEUE, Name: "a" } } }, "Invalid template resource property 'Name'"],
  [
    "a logical id with a hyphen",
    { Resources: { "a-b": QUEUE } },
    "Template format error: Resource name a-b is non alphanumeric.",
  ],
  [
    "a pseudo parameter as a parameter",
    { Parameters: { "AWS::Region": { Type: "String" } }, Resources },
    "Template format error: Parameter name AWS::Region is non alphanumeric.",
  ],
  [
    "a parameter without a type",
    { Parameters: { P: {} }, Resources },
    "Template format error: Every Parameters object must contain a Type member.",
  ],
  [
    "a parameter of no type",
    { Parameters: { P: { Type: "Colour", Default: "a" } }, Resources },
    "Template format error: Unrecognized parameter type: Colour",
  ],
  [
    "null",
    { Resources, Outputs: { O: { Value: null } } },
    "[/Outputs/O/Value] 'null' values are not allowed in templates",
  ],
  [
    "null as several outputs",
    { Resources, Outputs: { O: { Value: null }, P: { Value: null } } },
    "Template format error: Every Outputs member must contain a Value object",
  ],
  [
    "an attribute of what has no name",
    { Resources, Outputs: { O: { Value: { "Fn::GetAtt": ["", "Arn"] } } } },
    "Template error: every Fn::GetAtt object requires two non-empty parameters, the resource name and the resource attribute",
  ],
  ...(["DeletionPolicy", "UpdateReplacePolicy"] as const).map((name): (typeof sections)[number] => [
    `a ${name} that is computed without the language extensions`,
    {
      Conditions: { C: { "Fn::Equals": ["a", "a"] } },
      Resources: { Q: { ...QUEUE, [name]: { "Fn::If": ["C", "Retain", "Delete"] } } },
    },
    `Template format error: Every ${name} member must be a string.`,
  ]),
  [
    "a list as a default",
    { Parameters: { P: { Type: "CommaDelimitedList", Default: ["a"] } }, Resources },
    "Template format error: Every Default member must be a string.",
  ],
  [
    "an output without a value",
    { Resources, Outputs: { O: {} } },
    "Template format error: Every Outputs member must contain a Value object",
  ],
  [
    "an output of nothing",
    { Resources, Outputs: { O: { Value: { Ref: "A" } } } },
    "Unresolved resource dependencies [A] in the Outputs block of the template",
  ],
  [
    "a mapping that is no map",
    { Mappings: { M: "a" }, Resources },
    "Template format error: Every Mappings member M must be a map",
  ],
  [
    "a mapped object",
    { Mappings: { M: { a: { b: { c: 1 } } } }, Resources },
    "Template format error: Every Mappings attribute must be a String or a List.",
  ],
  [
    "a condition there is not",
    { Resources: { Q: { ...QUEUE, Condition: "C" } } },
    "Template format error: Unresolved condition dependency C in the Resources block of the template",
  ],
  [
    "a dependency on nothing",
    { Resources: { Q: { ...QUEUE, DependsOn: ["A", "B"] } } },
    "Template format error: Unresolved resource dependencies [A, B] in the Resources block of the template",
  ],
  [
    "a policy there is not",
    { Resources: { Q: { ...QUEUE, DeletionPolicy: "Hide" } } },
    "Template format error: [/Resources/Q/DeletionPolicy] Unrecognized DeletionPolicy Hide",
  ],
  [
    "501 resources",
    { Resources: many(501, QUEUE) },
    "Template format error: Number of resources, 501, is greater than maximum allowed, 500",
  ],
  [
    "201 parameters",
    { Parameters: many(201, { Type: "String", Default: "" }), Resources },
    "Template format error: Number of parameters, 201, is greater than maximum allowed, 200",
  ],
];

test.for(sections)("%s is refused", async ([, template, message]) => {
  await expect(resolved(template)).rejects.toThrow(message);
});

test("resources that depend on each other in a circle are named", async () => {
  await using stack = aStack();
  const template = {
    Resources: {
      A: { ...QUEUE, DependsOn: "B" },
      B: { ...QUEUE, DependsOn: "A" },
      C: { ...QUEUE, DependsOn: "A" },
      D: QUEUE,
    },
  };
  await expect(stack.plan(template)).rejects.toThrow("Circular dependency between resources: [A, B, C]");
});

const parameter = (declared: object, given?: string) =>
  resolved(
    { Parameters: { P: { Type: "String", ...declared } }, Resources },
    { parameters: given === undefined ? {} : { P: given } },
  );

const parameters: readonly (readonly [declared: object, given: string | undefined, message: string])[] = [
  [{}, undefined, "Parameters: [P] must have values"],
  [{ AllowedValues: ["a", 2] }, "b", "Parameter 'P' must be one of AllowedValues"],
  [{ AllowedValues: ["a"], ConstraintDescription: "be a" }, "b", "Parameter P failed to satisfy constraint: be a"],
  [{ Type: "Number" }, "x", "Parameter 'P' must be a number"],
  [{ Type: "Number", MinValue: 2 }, "1", "Parameter 'P' must be a number not less than 2"],
  [{ Type: "List<Number>", MaxValue: 2 }, "1,3", "Parameter 'P' must be a number not greater than 2"],
  [{ MinLength: 2 }, "a", "Parameter 'P' must contain at least 2 characters"],
  [{ MaxLength: "2" }, "abc", "Parameter 'P' must contain at most 2 characters"],
  [{ AllowedPattern: "[a-z]+" }, "a1", "Parameter 'P' must match pattern [a-z]+"],
  [{}, "a".repeat(4097), "Parameter 'P' must contain at most 4096 bytes"],
  [
    { Type: "AWS::SSM::Parameter::Value<String>" },
    undefined,
    "Parameter P should either have input value or default value",
  ],
  [
    { Type: "AWS::SSM::Parameter::Value<String>" },
    "/none",
    "Unable to fetch parameters [/none] from parameter store for this account.",
  ],
];

test.for(parameters)("a parameter %j with the value %j is refused", async ([declared, given, message]) => {
  await expect(parameter(declared, given)).rejects.toThrow(message);
});

test("parameters that are not declared are refused", async () => {
  await expect(resolved({ Resources }, { parameters: { A: "1" } })).rejects.toThrow(
    "Parameter values specified for a template which does not require them.",
  );
  const declared = { Parameters: { P: { Type: "String", Default: "" } }, Resources };
  await expect(resolved(declared, { parameters: { A: "1" } })).rejects.toThrow(
    "Parameters: [A] do not exist in the template",
  );
});

test("a parameter that names one of SSM has what that holds", async () => {
  const template = {
    Parameters: { P: { Type: "AWS::SSM::Parameter::Value<List<String>>", Default: "/n" } },
    Resources,
  };
  const { parameters: found } = await resolved(template, {
    stored: async (name) => (name === "/n" ? "a,b" : undefined),
  });
  expect(found.get("P")).toMatchObject({ text: "/n", storedText: "a,b", value: ["a", "b"] });
});

test("a rule that does not hold is told by its description, the CDK's among them", async () => {
  const template = (version: string) => ({
    Parameters: { BootstrapVersion: { Type: "String", Default: version } },
    Rules: {
      CheckBootstrapVersion: {
        Assertions: [
          {
            Assert: { "Fn::Not": [{ "Fn::Contains": [["1", "2", "3", "4", "5"], { Ref: "BootstrapVersion" }] }] },
            AssertDescription: "CDK bootstrap stack version 6 required.",
          },
        ],
      },
    },
    Resources,
  });
  await resolved(template("33"));
  await expect(resolved(template("5"))).rejects.toThrow("CDK bootstrap stack version 6 required.");
});
