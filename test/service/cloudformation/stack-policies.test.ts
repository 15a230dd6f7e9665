import { expect, test } from "vitest";
import { aCloudFormation, queue, template } from "../../support/cloudformation.ts";

const StackName = "app";
const ALLOW = { Effect: "Allow", Action: "Update:*", Principal: "*", Resource: "*" };
const deny = (more: object = {}) => ({ ...ALLOW, Effect: "Deny", Resource: "LogicalResourceId/Jobs", ...more });
const policyOf = (...Statement: object[]) => JSON.stringify({ Statement });
const jobs = (Properties: object, others: object = {}) =>
  template({ Jobs: queue(Properties), Other: queue(), ...others });

/** A stack whose policy is that, and what became of an update of it: why it failed, if it did. */
async function updated(policy: string, TemplateBody: string, more: object = {}) {
  await using aws = aCloudFormation();
  await aws.call("CreateStack", { StackName, TemplateBody: jobs({ QueueName: "one" }), StackPolicyBody: policy });
  await aws.call("UpdateStack", { StackName, TemplateBody, ...more });
  const { StackEvents } = await aws.call("DescribeStackEvents", { StackName });
  const failed = StackEvents.find((event: { ResourceStatus: string }) => event.ResourceStatus === "UPDATE_FAILED");
  return { status: (await aws.stack(StackName)).StackStatus, reason: failed?.ResourceStatusReason };
}

const changed = jobs({ QueueName: "one", DelaySeconds: 5 });
const replaced = jobs({ QueueName: "two" });
const removed = template({ Other: queue() });
const denied = (actions: string, number = 2) =>
  `Action denied by stack policy: Statement [#${number}] does not allow [${actions}] for resource [LogicalResourceId/Jobs]`;

test.for([
  ["a change", deny(), changed, denied("Update:*")],
  ["a change", deny({ Action: "Update:Modify" }), changed, denied("Update:Modify")],
  [
    "a replacement",
    deny({ Action: ["Update:Replace", "Update:Delete"] }),
    replaced,
    denied("Update:Replace, Update:Delete"),
  ],
  ["a removal", deny({ Action: "Update:Delete" }), removed, denied("Update:Delete")],
  ["a change", deny({ Resource: "LogicalResourceId/J*" }), changed, expect.stringContaining("[LogicalResourceId/J*]")],
  ["a change", deny({ Resource: undefined, NotResource: "LogicalResourceId/Other" }), changed, expect.any(String)],
  ["a change", deny({ Action: undefined, NotAction: "Update:Delete" }), changed, expect.any(String)],
  [
    "a change",
    deny({ Condition: { StringEquals: { ResourceType: ["AWS::SQS::Queue"] } } }),
    changed,
    denied("Update:*"),
  ],
  ["a change", deny({ Condition: { StringLike: { ResourceType: "AWS::SQS::*" } } }), changed, denied("Update:*")],
] as const)("%s is denied by %j", async ([, statement, TemplateBody, reason]) => {
  expect(await updated(policyOf(ALLOW, statement), TemplateBody)).toEqual({
    status: "UPDATE_ROLLBACK_COMPLETE",
    reason,
  });
});

test.for([
  [deny({ Action: "Update:Replace" }), changed],
  [deny({ Action: "Update:Modify" }), replaced],
  [deny({ Action: ["Update:Modify", "Update:Replace"] }), removed],
  [deny({ Resource: undefined }), changed],
  [deny({ Resource: "LogicalResourceId/Job" }), changed],
  [deny({ Condition: { StringEquals: { ResourceType: "AWS::SNS::Topic" } } }), changed],
  [deny(), jobs({ QueueName: "one" }, { New: queue() })],
] as const)("%j leaves an update alone", async ([statement, TemplateBody]) => {
  expect((await updated(policyOf(ALLOW, statement), TemplateBody)).status).toBe("UPDATE_COMPLETE");
});

test("what no statement allows is denied", async () => {
  const { status, reason } = await updated(policyOf(deny({ Resource: "LogicalResourceId/Other" })), changed);
  expect([status, reason]).toEqual([
    "UPDATE_ROLLBACK_COMPLETE",
    expect.stringMatching(/^Action denied by stack policy: /),
  ]);
});

test("another policy holds during one update, and no longer", async () => {
  const temporary = { StackPolicyDuringUpdateBody: policyOf(ALLOW) };
  await using aws = aCloudFormation();
  const StackPolicyBody = policyOf(ALLOW, deny());
  await aws.call("CreateStack", { StackName, TemplateBody: jobs({}), StackPolicyBody });
  await aws.call("UpdateStack", { StackName, TemplateBody: jobs({ DelaySeconds: 1 }), ...temporary });
  expect((await aws.stack(StackName)).StackStatus).toBe("UPDATE_COMPLETE");
  expect(await aws.call("GetStackPolicy", { StackName })).toEqual({ StackPolicyBody });
  const both = { ...temporary, StackPolicyDuringUpdateURL: "http://localhost:4566/b/k" };
  await expect(
    aws.call("UpdateStack", { StackName, TemplateBody: jobs({ DelaySeconds: 2 }), ...both }),
  ).rejects.toThrow("You cannot specify both StackPolicyDuringUpdateURL and StackPolicyDuringUpdateBody");
  const named = { StackName, ChangeSetName: "change" };
  await aws.call("CreateChangeSet", { ...named, TemplateBody: jobs({ DelaySeconds: 2 }) });
  await aws.call("ExecuteChangeSet", named);
  expect((await aws.stack(StackName)).StackStatus).toBe("UPDATE_ROLLBACK_COMPLETE");
  await aws.call("DeleteStack", { StackName });
  expect(await aws.statuses()).toEqual(["DELETE_COMPLETE"]);
});

test.for([
  "x",
  "{}",
  policyOf({ ...ALLOW, Principal: { AWS: "*" } }),
  policyOf({ ...ALLOW, Principal: undefined }),
  policyOf({ ...ALLOW, Effect: "allow" }),
  policyOf({ ...ALLOW, Action: "Update:Create" }),
  policyOf({ ...ALLOW, Action: "sqs:SendMessage" }),
  policyOf({ ...ALLOW, Action: undefined }),
])("%s is no policy of a stack", async (policy) => {
  await using aws = aCloudFormation();
  await aws.call("CreateStack", { StackName, TemplateBody: jobs({}) });
  const message = "Error validating stack policy: Invalid stack policy";
  await expect(aws.call("SetStackPolicy", { StackName, StackPolicyBody: policy })).rejects.toThrow(message);
  const update = { StackName, TemplateBody: changed, StackPolicyDuringUpdateBody: policy };
  await expect(aws.call("UpdateStack", update)).rejects.toThrow(message);
});
