import { expect, test } from "vitest";
import { aStack } from "../../support/provisioning.ts";

const parameter = (Properties: object, more: object = {}) => ({
  Resources: { P: { Type: "AWS::SSM::Parameter", Properties: { Type: "String", Value: "1", ...Properties }, ...more } },
});
const outputs = (...names: readonly string[]) => ({
  Outputs: {
    Ref: { Value: { Ref: "P" } },
    ...Object.fromEntries(names.map((name) => [name, { Value: { "Fn::GetAtt": ["P", name] } }])),
  },
});

const parameterNamed = async (stack: ReturnType<typeof aStack>, Name: string) =>
  (await stack.ask<{ Parameter: Record<string, unknown> }>("ssm", "GetParameter", { Name })).Parameter;
const tagsOf = async (stack: ReturnType<typeof aStack>, ResourceId: string) =>
  (await stack.ask<{ TagList: object[] }>("ssm", "ListTagsForResource", { ResourceType: "Parameter", ResourceId }))
    .TagList;

test("a parameter is made in Parameter Store, and tells type and value", async () => {
  await using stack = aStack();
  const template = { ...parameter({ Name: "/a/b", Value: "33" }), ...outputs("Type", "Value", "Arn") };
  const { outputs: given } = await stack.deploy(template);
  expect(Object.fromEntries(given!.map(({ key, value }) => [key, value]))).toEqual({
    ...{ Ref: "/a/b", Type: "String", Value: "33" },
    Arn: "arn:aws:ssm:us-east-1:000000000000:parameter/a/b",
  });
  expect(await parameterNamed(stack, "/a/b")).toMatchObject({ Value: "33", Type: "String", Version: 1 });
  expect((await stack.plan(template)).steps).toEqual([]);
});

test("a parameter without a name gets one", async () => {
  await using stack = aStack();
  await stack.deploy(parameter({}));
  expect(stack.physicalId("P")).toMatch(/^CFN-P-[A-Za-z0-9]{12}$/);
  expect(await parameterNamed(stack, stack.physicalId("P")!)).toMatchObject({ Value: "1" });
});

test("value and tags change in place, and those who use the value follow", async () => {
  await using stack = aStack();
  const using = (Value: string, Tags: object) => ({
    Resources: {
      ...parameter({ Name: "p", Value, Tags }).Resources,
      Q: { Type: "AWS::SQS::Queue", Properties: { DelaySeconds: { "Fn::GetAtt": ["P", "Value"] } } },
    },
  });
  await stack.deploy(using("1", { a: "1", b: "2" }), { tags: { stack: "app" } });
  expect(await tagsOf(stack, "p")).toEqual([
    { Key: "stack", Value: "app" },
    { Key: "a", Value: "1" },
    { Key: "b", Value: "2" },
  ]);
  await stack.deploy(using("2", { b: "3" }));
  expect(await parameterNamed(stack, "p")).toMatchObject({ Value: "2", Version: 2 });
  expect(await tagsOf(stack, "p")).toEqual([{ Key: "b", Value: "3" }]);
  const { Attributes } = await stack.ask<{ Attributes: object }>("sqs", "GetQueueAttributes", {
    QueueUrl: stack.physicalId("Q"),
    AttributeNames: ["DelaySeconds"],
  });
  expect(Attributes).toEqual({ DelaySeconds: "2" });
});

test("another name makes another parameter, and all go with the stack but those that are retained", async () => {
  await using stack = aStack();
  await stack.deploy(parameter({ Name: "one" }));
  await stack.deploy(parameter({ Name: "two" }, { UpdateReplacePolicy: "Retain" }));
  expect(await parameterNamed(stack, "one")).toMatchObject({ Value: "1" });
  await stack.deploy(undefined);
  await expect(parameterNamed(stack, "two")).rejects.toMatchObject({ name: "ParameterNotFound" });
  expect(await parameterNamed(stack, "one")).toMatchObject({ Value: "1" });
});

test.for([
  [{ Name: "taken" }, /'taken' already exists/],
  [{ Type: "Number" }, /Member must satisfy enum value set/],
  [{ Value: "x".repeat(4097) }, /maximum parameter value of 4096 characters/],
  [{ Tags: [] }, /#\/Tags: expected type: JSONObject/],
] as const)("%j cannot be", async ([properties, reason]) => {
  await using stack = aStack();
  await stack.ask("ssm", "PutParameter", { Name: "taken", Value: "1", Type: "String" });
  expect((await stack.deploy(parameter(properties))).status).toBe("rolledBack");
  expect(stack.events.find(({ status }) => status === "CREATE_FAILED")?.reason).toMatch(reason);
});

test("a parameter that is gone already is no failure", async () => {
  await using stack = aStack();
  await stack.deploy(parameter({ Name: "gone" }));
  await stack.ask("ssm", "DeleteParameter", { Name: "gone" });
  expect((await stack.deploy(undefined)).status).toBe("complete");
});

test("the version of the bootstrap can be made by a stack", async () => {
  await using stack = aStack();
  const Name = "/cdk-bootstrap/hnb659fds/version";
  expect((await stack.deploy(parameter({ Name, Value: "34" }))).status).toBe("complete");
  expect(await parameterNamed(stack, Name)).toMatchObject({ Value: "34" });
});
