import { expect, test } from "vitest";
import { checkTypes, resourceTypes } from "../../../src/provisioning/resource/types.ts";
import { aStack, resolved } from "../../support/provisioning.ts";

const one = (Type: string, Properties: object = {}, outputs: readonly string[] = []) => ({
  Resources: { R: { Type, Properties } },
  Outputs: {
    Ref: { Value: { Ref: "R" } },
    ...Object.fromEntries(outputs.map((name) => [name.replaceAll(".", ""), { Value: { "Fn::GetAtt": ["R", name] } }])),
  },
});

const rows: readonly (readonly [type: string, properties: object, values: Readonly<Record<string, string>>])[] = [
  ["AWS::IAM::Role", { RoleName: "r", Path: "/p/" }, { Ref: "r", Arn: "arn:aws:iam::000000000000:role/p/r" }],
  ["AWS::IAM::ManagedPolicy", { ManagedPolicyName: "m" }, { Ref: "arn:aws:iam::000000000000:policy/m" }],
  [
    "AWS::Logs::LogGroup",
    { LogGroupName: "/l" },
    { Ref: "/l", Arn: "arn:aws:logs:us-east-1:000000000000:log-group:/l:*" },
  ],
  [
    "AWS::CloudWatch::Alarm",
    { AlarmName: "a" },
    { Ref: "a", Arn: "arn:aws:cloudwatch:us-east-1:000000000000:alarm:a" },
  ],
  ["AWS::KMS::Alias", { AliasName: "alias/a" }, { Ref: "alias/a" }],
  [
    "AWS::ECR::Repository",
    { RepositoryName: "e" },
    { Ref: "e", RepositoryUri: "000000000000.dkr.ecr.us-east-1.amazonaws.com/e" },
  ],
];

test.for(rows)("%s is accepted and kept", async ([type, properties, values]) => {
  await using stack = aStack();
  const names = Object.keys(values).filter((name) => name !== "Ref");
  const { outputs } = await stack.deploy(one(type, properties, names));
  expect(Object.fromEntries(outputs!.map(({ key, value }) => [key, value]))).toEqual(values);
  const { steps } = await stack.plan(one(type, properties, names));
  expect(steps).toEqual([]);
});

test("names of accepted resources are generated in the form of their type", async () => {
  await using stack = aStack();
  const types = {
    E: "AWS::ECR::Repository",
    R: "AWS::IAM::Role",
    K: "AWS::KMS::Key",
    M: "AWS::CDK::Metadata",
  };
  await stack.deploy({ Resources: Object.fromEntries(Object.entries(types).map(([id, Type]) => [id, { Type }])) });
  expect(stack.physicalId("E")).toMatch(/^app-e-[a-z0-9]{12}$/);
  expect(stack.physicalId("R")).toMatch(/^app-R-[A-Za-z0-9]{12}$/);
  expect(stack.physicalId("K")).toMatch(/^[0-9a-f-]{36}$/);
});

test("a long name loses of its stack first, then of its logical id", async () => {
  await using stack = aStack();
  const id = "L".repeat(70);
  await stack.deploy({ Resources: { [id]: { Type: "AWS::SQS::Queue" } } });
  expect(stack.physicalId(id)?.split("/").at(-1)).toMatch(/^a-L{65}-[A-Za-z0-9]{12}$/);
});

test("an unknown type is a stub where that is wanted, and its event says so", async () => {
  await using stack = aStack();
  const template = one("AWS::DynamoDB::Table", { Anything: 1 }, ["StreamArn", "TableName"]);
  checkTypes(await resolved(template), "stub");
  const { outputs } = await stack.deploy(template);
  const id = stack.physicalId("R")!;
  expect(Object.fromEntries(outputs!.map(({ key, value }) => [key, value]))).toEqual({
    Ref: id,
    StreamArn: `arn:aws:dynamodb:us-east-1:000000000000:table/${id}`,
    TableName: id,
  });
  expect(stack.events.map(({ reason }) => reason)).toContain(
    "Stub: Waystation does not implement AWS::DynamoDB::Table",
  );
  expect((await stack.plan(template)).steps).toEqual([]);
});

test("an attribute that no resource of the type has is refused before anything is made", async () => {
  const stack = await resolved(one("AWS::SQS::Queue", {}, ["Colour"]));
  expect(() => checkTypes(stack, "refuse")).toThrow(
    "Template error: resource R does not support attribute type Colour in Fn::GetAtt",
  );
});

test("every type that is known is one of AWS's", () => {
  expect([...resourceTypes.keys()].filter((type) => !/^AWS::[A-Za-z0-9]+::[A-Za-z0-9]+$/.test(type))).toEqual([]);
});
