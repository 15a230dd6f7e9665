import { expect, test } from "vitest";
import { aCloudFormation, queue, template } from "../../support/cloudformation.ts";

const StackName = "app";
const ChangeSetName = "plan";
const named = { StackName, ChangeSetName };
const one = template({ Jobs: queue({ QueueName: "jobs", DelaySeconds: 1 }) });

/** CloudFormation with a stack of one queue. */
async function aStack() {
  const aws = aCloudFormation();
  await aws.call("CreateStack", { StackName, TemplateBody: one });
  return aws;
}

test("a change set of a new stack puts it under review, and makes it when executed", async () => {
  await using aws = aCloudFormation();
  const { Id, StackId } = await aws.call("CreateChangeSet", { ...named, ChangeSetType: "CREATE", TemplateBody: one });
  expect(Id).toMatch(/^arn:aws:cloudformation:us-east-1:000000000000:changeSet\/plan\/[0-9a-f-]{36}$/);
  expect(await aws.stack(StackName)).toMatchObject({ StackId, StackStatus: "REVIEW_IN_PROGRESS" });
  expect(await aws.call("DescribeChangeSet", { ChangeSetName: Id })).toMatchObject({
    ...{ ChangeSetName, ChangeSetId: Id, StackId, StackName, Status: "CREATE_COMPLETE", ExecutionStatus: "AVAILABLE" },
    ...{ Capabilities: [], Parameters: undefined, Tags: undefined, IncludeNestedStacks: false },
    Changes: [
      {
        Type: "Resource",
        ResourceChange: {
          ...{ Action: "Add", LogicalResourceId: "Jobs", ResourceType: "AWS::SQS::Queue", Scope: [], Details: [] },
        },
      },
    ],
  });
  await aws.call("ExecuteChangeSet", named);
  expect(await aws.stack(StackName)).toMatchObject({ StackId, StackStatus: "CREATE_COMPLETE", ChangeSetId: Id });
  expect(await aws.story(StackName)).toEqual([
    "app REVIEW_IN_PROGRESS",
    "app CREATE_IN_PROGRESS",
    "Jobs CREATE_IN_PROGRESS",
    "Jobs CREATE_IN_PROGRESS",
    "Jobs CREATE_COMPLETE",
    "app CREATE_COMPLETE",
  ]);
  // AWS: only the execution status moves.
  expect(await aws.call("DescribeChangeSet", { ChangeSetName: Id })).toMatchObject({
    ...{ Status: "CREATE_COMPLETE", ExecutionStatus: "EXECUTE_COMPLETE" },
  });
});

test("several change sets may be on a stack under review, and those that were not executed are obsolete", async () => {
  await using aws = aCloudFormation();
  const create = (name: string) =>
    aws.call("CreateChangeSet", { StackName, ChangeSetName: name, ChangeSetType: "CREATE", TemplateBody: one });
  const [first, second] = [await create("first"), await create("second")];
  expect(first.StackId).toBe(second.StackId);
  await aws.call("ExecuteChangeSet", { StackName, ChangeSetName: "second" });
  expect(await aws.call("DescribeChangeSet", { ChangeSetName: first.Id })).toMatchObject({
    ExecutionStatus: "OBSOLETE",
  });
  await expect(aws.call("ExecuteChangeSet", { ChangeSetName: first.Id })).rejects.toMatchObject({
    name: "InvalidChangeSetStatusException",
    message: `ChangeSet [${first.Id}] cannot be executed in its current execution status of [OBSOLETE]`,
  });
});

test("a change set shows what is changed, replaced and taken away, by logical id", async () => {
  await using aws = aCloudFormation();
  const Parameters = [{ ParameterKey: "Delay", ParameterValue: "1" }];
  const body = (resources: object) => template(resources, { Parameters: { Delay: { Type: "Number" } } });
  const before = body({
    Delayed: queue({ DelaySeconds: { Ref: "Delay" } }),
    Gone: queue(),
    Named: queue({ QueueName: "old" }),
    Same: queue(),
  });
  await aws.call("CreateStack", { StackName, TemplateBody: before, Parameters });
  const after = body({
    Added: queue(),
    Delayed: queue({ DelaySeconds: { Ref: "Delay" } }),
    Named: queue({ QueueName: "new" }),
    Same: queue(),
  });
  const changed = [{ ParameterKey: "Delay", ParameterValue: "2" }];
  await aws.call("CreateChangeSet", { ...named, TemplateBody: after, Parameters: changed });
  const { Changes } = await aws.call("DescribeChangeSet", { ...named, IncludePropertyValues: true });
  expect(Changes.map((change: { ResourceChange: object }) => change.ResourceChange)).toMatchObject([
    { Action: "Add", LogicalResourceId: "Added" },
    {
      ...{ Action: "Modify", LogicalResourceId: "Delayed", Replacement: "False", Scope: ["Properties"] },
      Details: [
        {
          Target: { Attribute: "Properties", Name: "DelaySeconds", RequiresRecreation: "Never", AfterValue: "2" },
          ...{ Evaluation: "Static", ChangeSource: "ParameterReference", CausingEntity: "Delay" },
        },
        { Evaluation: "Dynamic", ChangeSource: "DirectModification" },
      ],
    },
    {
      ...{ Action: "Remove", LogicalResourceId: "Gone", PolicyAction: "Delete", Scope: [], Details: [] },
      PhysicalResourceId: expect.stringContaining("app-Gone-"),
    },
    {
      ...{ Action: "Modify", LogicalResourceId: "Named", Replacement: "True", PolicyAction: "ReplaceAndDelete" },
      Details: [
        {
          Target: {
            ...{ Name: "QueueName", RequiresRecreation: "Always", BeforeValue: "old", AfterValue: "new" },
            Path: "/Properties/QueueName",
          },
          ...{ Evaluation: "Static", ChangeSource: "DirectModification" },
        },
      ],
    },
  ]);
  const plain = await aws.call("DescribeChangeSet", named);
  expect(plain.Changes[3].ResourceChange.Details[0].Target).toEqual({
    ...{ Attribute: "Properties", Name: "QueueName", RequiresRecreation: "Always" },
  });
});

test("a change set without changes is there, has failed, and cannot be executed", async () => {
  await using aws = await aStack();
  const { Id } = await aws.call("CreateChangeSet", { ...named, TemplateBody: one });
  expect(await aws.call("DescribeChangeSet", named)).toMatchObject({
    ...{ Status: "FAILED", ExecutionStatus: "UNAVAILABLE", Changes: [] },
    StatusReason:
      "The submitted information didn't contain changes. Submit different information to create a change set.",
  });
  await expect(aws.call("ExecuteChangeSet", named)).rejects.toMatchObject({
    name: "InvalidChangeSetStatusException",
    message: `ChangeSet [${Id}] cannot be executed in its current status of [FAILED]`,
  });
});

test("with a transform the same is said in other words", async () => {
  await using aws = aCloudFormation();
  const TemplateBody = template({ Jobs: queue() }, { Transform: "AWS::LanguageExtensions" });
  const Capabilities = ["CAPABILITY_AUTO_EXPAND"];
  await aws.call("CreateStack", { StackName, TemplateBody, Capabilities });
  await aws.call("CreateChangeSet", { ...named, TemplateBody, Capabilities });
  expect(await aws.call("DescribeChangeSet", named)).toMatchObject({
    ...{ Status: "FAILED", StatusReason: "No updates are to be performed." },
  });
});

test("tags alone are a change", async () => {
  await using aws = await aStack();
  const change = { ...named, UsePreviousTemplate: true, Tags: [{ Key: "team", Value: "post" }] };
  await aws.call("CreateChangeSet", change);
  expect(await aws.call("DescribeChangeSet", named)).toMatchObject({ ExecutionStatus: "AVAILABLE", Tags: change.Tags });
});

test("a change set is executed once", async () => {
  await using aws = await aStack();
  const { Id } = await aws.call("CreateChangeSet", { ...named, TemplateBody: template({ Jobs: queue() }) });
  await aws.call("ExecuteChangeSet", named);
  await expect(aws.call("ExecuteChangeSet", named)).rejects.toThrow(
    `ChangeSet [${Id}] cannot be executed in its current execution status of [EXECUTE_COMPLETE]`,
  );
  expect((await aws.stack(StackName)).StackStatus).toBe("UPDATE_COMPLETE");
});

test("an execution that fails is told of by the change set", async () => {
  await using aws = await aStack();
  await aws.call("CreateChangeSet", { ...named, TemplateBody: template({ Jobs: queue({ DelaySeconds: 901 }) }) });
  await aws.call("ExecuteChangeSet", named);
  expect((await aws.stack(StackName)).StackStatus).toBe("UPDATE_ROLLBACK_COMPLETE");
  expect(await aws.call("DescribeChangeSet", named)).toMatchObject({ ExecutionStatus: "EXECUTE_FAILED" });
});

test("a change set is deleted, whether it is there or not, and its stack stays", async () => {
  await using aws = aCloudFormation();
  await aws.call("CreateChangeSet", { ...named, ChangeSetType: "CREATE", TemplateBody: one });
  await aws.call("DeleteChangeSet", named);
  await aws.call("DeleteChangeSet", named);
  expect((await aws.stack(StackName)).StackStatus).toBe("REVIEW_IN_PROGRESS");
  await expect(aws.call("DescribeChangeSet", named)).rejects.toMatchObject({
    ...{ queryCode: "ChangeSetNotFound", status: 404, message: "ChangeSet [plan] does not exist" },
  });
});

test.for([
  ["UPDATE", "none", "Stack [none] does not exist"],
  ["CREATE", StackName, "Stack [app] already exists and cannot be created again with the changeSet [plan]."],
  ["IMPORT", StackName, "Waystation does not import resources into stacks: ChangeSetType IMPORT is not there."],
])("a change set of type %s for the stack %s is refused", async ([ChangeSetType, name, message]) => {
  await using aws = await aStack();
  const input = { StackName: name, ChangeSetName, ChangeSetType, TemplateBody: one };
  await expect(aws.call("CreateChangeSet", input)).rejects.toThrow(message);
});

test("a name is taken once on a stack, unless it is the same request again", async () => {
  await using aws = await aStack();
  const input = { ...named, TemplateBody: template({ Jobs: queue() }), ClientToken: "token" };
  const { Id } = await aws.call("CreateChangeSet", input);
  expect((await aws.call("CreateChangeSet", input)).Id).toBe(Id);
  await expect(aws.call("CreateChangeSet", { ...input, ClientToken: "other" })).rejects.toMatchObject({
    name: "AlreadyExistsException",
  });
});

test("what was executed holds its name no longer, and is found by its id", async () => {
  await using aws = await aStack();
  const first = await aws.call("CreateChangeSet", { ...named, TemplateBody: template({ Jobs: queue() }) });
  await aws.call("ExecuteChangeSet", named);
  const second = await aws.call("CreateChangeSet", { ...named, TemplateBody: template({ Other: queue() }) });
  expect(await aws.call("DescribeChangeSet", named)).toMatchObject({
    ChangeSetId: second.Id,
    ExecutionStatus: "AVAILABLE",
  });
  expect(await aws.call("DescribeChangeSet", { ChangeSetName: first.Id })).toMatchObject({
    ExecutionStatus: "EXECUTE_COMPLETE",
  });
  await aws.call("ExecuteChangeSet", named);
  await expect(aws.call("ExecuteChangeSet", named)).rejects.toMatchObject({ name: "InvalidChangeSetStatusException" });
});

test("what something else made useless holds its name no longer", async () => {
  await using aws = await aStack();
  await aws.call("CreateChangeSet", { ...named, TemplateBody: template({ Jobs: queue() }) });
  await aws.call("UpdateStack", { StackName, TemplateBody: template({ Other: queue() }) });
  const { Id } = await aws.call("CreateChangeSet", { ...named, TemplateBody: template({ Jobs: queue() }) });
  expect(await aws.call("DescribeChangeSet", named)).toMatchObject({ ChangeSetId: Id, ExecutionStatus: "AVAILABLE" });
});

test("changes and change sets come in pages", async () => {
  await using aws = aCloudFormation();
  const many = Object.fromEntries(Array.from({ length: 130 }, (_, index) => [`Q${1000 + index}`, queue()]));
  await aws.call("CreateChangeSet", { ...named, ChangeSetType: "CREATE", TemplateBody: template(many) });
  const ids: string[] = [];
  let NextToken: string | undefined;
  let pages = 0;
  do {
    const page = await aws.call("DescribeChangeSet", { ...named, ...(NextToken && { NextToken }) });
    ids.push(
      ...page.Changes.map((change: Record<string, Record<string, string>>) => change.ResourceChange!.LogicalResourceId),
    );
    NextToken = page.NextToken;
    pages++;
  } while (NextToken !== undefined);
  expect(pages).toBe(2);
  expect(ids).toEqual(Object.keys(many));
  const { Summaries } = await aws.call("ListChangeSets", { StackName });
  expect(Summaries).toMatchObject([{ ChangeSetName, Status: "CREATE_COMPLETE", ExecutionStatus: "AVAILABLE" }]);
});
