import { expect, test } from "vitest";
import { aCloudFormation, queue, template } from "../../support/cloudformation.ts";

const StackName = "app";

test("a stack is finished when its creation is answered, and tells AWS's events", async () => {
  await using aws = aCloudFormation();
  const TemplateBody = template({ Jobs: queue({ QueueName: "jobs" }) }, { Description: "one queue" });
  const { StackId } = await aws.call("CreateStack", { StackName, TemplateBody, ClientRequestToken: "token" });
  expect(StackId).toMatch(/^arn:aws:cloudformation:us-east-1:000000000000:stack\/app\/[0-9a-f-]{36}$/);
  expect(await aws.story(StackName)).toEqual([
    "app CREATE_IN_PROGRESS",
    "Jobs CREATE_IN_PROGRESS",
    "Jobs CREATE_IN_PROGRESS",
    "Jobs CREATE_COMPLETE",
    "app CREATE_COMPLETE",
  ]);
  const { StackEvents } = await aws.call("DescribeStackEvents", { StackName });
  const url = "http://localhost:4566/000000000000/jobs";
  expect(StackEvents[1]).toMatchObject({
    EventId: expect.stringMatching(/^Jobs-CREATE_COMPLETE-\d{4}-/),
    PhysicalResourceId: url,
    ResourceProperties: '{"QueueName":"jobs"}',
    ClientRequestToken: "token",
  });
  expect(StackEvents[2]).toMatchObject({
    PhysicalResourceId: url,
    ResourceStatusReason: "Resource creation Initiated",
  });
  expect(StackEvents[3].PhysicalResourceId).toBe("");
  expect(StackEvents[4]).toMatchObject({ PhysicalResourceId: StackId, ResourceStatusReason: "User Initiated" });
  expect(await aws.stack(StackName)).toMatchObject({
    ...{ StackId, StackStatus: "CREATE_COMPLETE", Description: "one queue", Tags: [], NotificationARNs: [] },
    ...{ RollbackConfiguration: {}, DriftInformation: { StackDriftStatus: "NOT_CHECKED" } },
  });
});

test("an update changes in place, replaces, and takes away what the template does not have any more", async () => {
  await using aws = aCloudFormation();
  const before = template({ Same: queue({ DelaySeconds: 1 }), Other: queue({ QueueName: "one" }), Gone: queue() });
  await aws.call("CreateStack", { StackName, TemplateBody: before });
  const old = (await aws.story(StackName)).length;
  const after = template({ Same: queue({ DelaySeconds: 2 }), Other: queue({ QueueName: "two" }) });
  await aws.call("UpdateStack", { StackName, TemplateBody: after });
  expect((await aws.story(StackName)).slice(old)).toEqual([
    "app UPDATE_IN_PROGRESS",
    "Same UPDATE_IN_PROGRESS",
    "Other UPDATE_IN_PROGRESS",
    "Same UPDATE_COMPLETE",
    "Other UPDATE_IN_PROGRESS",
    "Other UPDATE_COMPLETE",
    "app UPDATE_COMPLETE_CLEANUP_IN_PROGRESS",
    "Other DELETE_IN_PROGRESS",
    "Other DELETE_COMPLETE",
    "Gone DELETE_IN_PROGRESS",
    "Gone DELETE_COMPLETE",
    "app UPDATE_COMPLETE",
  ]);
  const { StackResourceSummaries } = await aws.call("ListStackResources", { StackName });
  expect(StackResourceSummaries.map((one: { LogicalResourceId: string }) => one.LogicalResourceId)).toEqual([
    "Same",
    "Other",
  ]);
  const { QueueUrls } = await aws.other("sqs", "ListQueues", {});
  expect(QueueUrls).toHaveLength(2);
  await expect(aws.call("UpdateStack", { StackName, TemplateBody: after })).rejects.toThrow(
    "No updates are to be performed.",
  );
});

test("the same template written otherwise is no update", async () => {
  await using aws = aCloudFormation();
  await aws.call("CreateStack", { StackName, TemplateBody: template({ Jobs: queue() }) });
  const TemplateBody = "# the same\nResources: {Jobs: {Type: AWS::SQS::Queue, Properties: {}}}";
  const update = aws.call("UpdateStack", { StackName, TemplateBody });
  await expect(update).rejects.toThrow("No updates are to be performed.");
});

test("what fails is rolled back, and the stack can then only be deleted", async () => {
  await using aws = aCloudFormation();
  const TemplateBody = template({ Good: queue(), Bad: queue({ QueueName: "a b" }, { DependsOn: "Good" }) });
  const { StackId } = await aws.call("CreateStack", { StackName, TemplateBody });
  expect((await aws.story(StackName)).slice(-6)).toEqual([
    "Bad CREATE_FAILED",
    "app ROLLBACK_IN_PROGRESS",
    "Bad DELETE_COMPLETE",
    "Good DELETE_IN_PROGRESS",
    "Good DELETE_COMPLETE",
    "app ROLLBACK_COMPLETE",
  ]);
  expect((await aws.other("sqs", "ListQueues", {})).QueueUrls ?? []).toEqual([]);
  for (const LogicalResourceId of ["Good", "Bad"]) {
    await expect(aws.call("DescribeStackResource", { StackName, LogicalResourceId })).rejects.toThrow(
      `Resource ${LogicalResourceId} does not exist for stack app`,
    );
  }
  const update = aws.call("UpdateStack", { StackName, TemplateBody: template({ Good: queue() }) });
  await expect(update).rejects.toThrow(`Stack:${StackId} is in ROLLBACK_COMPLETE state and can not be updated.`);
  await aws.call("DeleteStack", { StackName });
  await expect(aws.stack(StackName)).rejects.toThrow("Stack with id app does not exist");
  expect(await aws.stack(StackId)).toMatchObject({ StackStatus: "DELETE_COMPLETE" });
});

test.for([
  { choice: { OnFailure: "DO_NOTHING" }, status: "CREATE_FAILED", queues: 1 },
  { choice: { DisableRollback: true }, status: "CREATE_FAILED", queues: 1 },
  { choice: { OnFailure: "DELETE" }, status: "DELETE_COMPLETE", queues: 0 },
])("with $choice a failure ends in $status", async ({ choice, status, queues }) => {
  await using aws = aCloudFormation();
  const TemplateBody = template({ Good: queue(), Bad: queue({ QueueName: "a b" }, { DependsOn: "Good" }) });
  const { StackId } = await aws.call("CreateStack", { StackName, TemplateBody, ...choice });
  expect(await aws.stack(StackId)).toMatchObject({ StackStatus: status });
  expect((await aws.other("sqs", "ListQueues", {})).QueueUrls ?? []).toHaveLength(queues);
});

test("what becomes of a failure is said in one way alone", async () => {
  await using aws = aCloudFormation();
  const choice = { DisableRollback: true, OnFailure: "DELETE" };
  const created = aws.call("CreateStack", { StackName, TemplateBody: template({ Jobs: queue() }), ...choice });
  await expect(created).rejects.toThrow("You can specify either DisableRollback or OnFailure, but not both.");
});

test("a failed update goes back to what was there", async () => {
  await using aws = aCloudFormation();
  await aws.call("CreateStack", {
    StackName,
    TemplateBody: template({ Jobs: queue({ QueueName: "jobs", DelaySeconds: 1 }) }),
  });
  const TemplateBody = template({
    Jobs: queue({ QueueName: "jobs", DelaySeconds: 2 }),
    Bad: queue({ QueueName: "a b" }, { DependsOn: "Jobs" }),
  });
  await aws.call("UpdateStack", { StackName, TemplateBody });
  expect((await aws.story(StackName)).filter((line) => line.startsWith("app UPDATE"))).toEqual([
    "app UPDATE_IN_PROGRESS",
    "app UPDATE_ROLLBACK_IN_PROGRESS",
    "app UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS",
    "app UPDATE_ROLLBACK_COMPLETE",
  ]);
  const QueueUrl = "http://localhost:4566/000000000000/jobs";
  const { Attributes } = await aws.other("sqs", "GetQueueAttributes", { QueueUrl, AttributeNames: ["DelaySeconds"] });
  expect(Attributes).toEqual({ DelaySeconds: "1" });
});

test("exports are found by others, and keep their stack from going", async () => {
  await using aws = aCloudFormation();
  const Outputs = { Name: { Value: { "Fn::GetAtt": ["Jobs", "QueueName"] }, Export: { Name: "jobs-name" } } };
  const exporting = template({ Jobs: queue({ QueueName: "jobs" }) }, { Outputs });
  await aws.call("CreateStack", { StackName, TemplateBody: exporting });
  const importing = template({
    Copy: queue({ QueueName: { "Fn::Join": ["-", [{ "Fn::ImportValue": "jobs-name" }, "copy"]] } }),
  });
  await aws.call("CreateStack", { StackName: "user", TemplateBody: importing });
  expect((await aws.call("ListExports")).Exports).toMatchObject([{ Name: "jobs-name", Value: "jobs" }]);
  expect((await aws.call("ListImports", { ExportName: "jobs-name" })).Imports).toEqual(["user"]);
  await aws.call("DeleteStack", { StackName });
  const reason = "Export jobs-name cannot be deleted as it is in use by user";
  expect(await aws.stack(StackName)).toMatchObject({ StackStatus: "CREATE_COMPLETE", StackStatusReason: reason });
  await aws.call("UpdateStack", { StackName, TemplateBody: template({ Jobs: queue({ QueueName: "jobs" }) }) });
  expect(await aws.stack(StackName)).toMatchObject({ StackStatus: "UPDATE_ROLLBACK_COMPLETE" });
  await aws.call("DeleteStack", { StackName: "user" });
  await aws.call("DeleteStack", { StackName });
  expect(await aws.statuses()).toEqual(["DELETE_COMPLETE", "DELETE_COMPLETE"]);
});

test.for([
  [
    "a value of 1025 bytes",
    { Value: `${"x".repeat(1023)}é` },
    "Cannot export output O with length 1025. Max length of 1024 exceeded.",
  ],
  [
    "what becomes a list",
    { Value: { "Fn::Split": [",", { Ref: "Jobs" }] } },
    "Template format error: Every Value member must be a string.",
  ],
] as const)("an export of %s is undone", async ([, output, reason]) => {
  await using aws = aCloudFormation();
  const Outputs = { O: { ...output, Export: { Name: "n" } } };
  await aws.call("CreateStack", { StackName, TemplateBody: template({ Jobs: queue() }, { Outputs }) });
  expect(await reasonOf(aws, "ROLLBACK_IN_PROGRESS")).toBe(`${reason} Rollback requested by user.`);
  expect((await aws.call("ListExports")).Exports).toEqual([]);
});

test.for([
  [{}, "ROLLBACK_IN_PROGRESS", "Rollback"],
  [{ OnFailure: "DELETE" }, "DELETE_IN_PROGRESS", "Delete"],
] as const)(
  "a stack with %j that imports what nobody exports ends by %s before anything is made",
  async ([more, status, asked]) => {
    await using aws = aCloudFormation();
    const TemplateBody = template({ Jobs: queue({ QueueName: { "Fn::ImportValue": "n" } }) });
    const { StackId } = await aws.call("CreateStack", { StackName, TemplateBody, ...more });
    expect(await reasonOf(aws, status, StackId)).toBe(`No export named n found. ${asked} requested by user.`);
    expect((await aws.story(StackId)).filter((line) => line.startsWith("Jobs"))).toEqual([]);
    const Outputs = { O: { Value: "v", Export: { Name: "n" } } };
    await aws.call("CreateStack", { StackName: "other", TemplateBody: template({ Q: queue() }, { Outputs }) });
    await expect(aws.call("ListImports", { ExportName: "n" })).rejects.toThrow(
      "Export 'n' is not imported by any stack.",
    );
  },
);

test("a change that imports what nobody exports is refused", async () => {
  await using aws = aCloudFormation();
  await aws.call("CreateStack", { StackName, TemplateBody: template({ Jobs: queue() }) });
  const TemplateBody = template({ Jobs: queue({ QueueName: { "Fn::ImportValue": "n" } }) });
  await expect(aws.call("UpdateStack", { StackName, TemplateBody })).rejects.toThrow("No export named n found.");
});

/** The reason of the event by which the stack got that status. */
async function reasonOf(aws: ReturnType<typeof aCloudFormation>, status: string, id: string = StackName) {
  const { StackEvents } = await aws.call("DescribeStackEvents", { StackName: id });
  const own = StackEvents.filter(
    ({ ResourceType }: { ResourceType: string }) => ResourceType === "AWS::CloudFormation::Stack",
  );
  return own.find(({ ResourceStatus }: { ResourceStatus: string }) => ResourceStatus === status).ResourceStatusReason;
}

test("a stack that is asked for again with the same token is the one that there is", async () => {
  await using aws = aCloudFormation();
  const request = { StackName, TemplateBody: template({ Jobs: queue() }), ClientRequestToken: "one" };
  const { StackId } = await aws.call("CreateStack", request);
  expect(await aws.call("CreateStack", request)).toMatchObject({ StackId });
  expect(await aws.statuses()).toEqual(["CREATE_COMPLETE"]);
  for (const ClientRequestToken of ["other", undefined]) {
    const again = aws.call("CreateStack", { ...request, ClientRequestToken });
    await expect(again).rejects.toThrow("Stack [app] already exists");
  }
});

test("tags of AWS's own are refused", async () => {
  await using aws = aCloudFormation();
  const created = aws.call("CreateStack", {
    StackName,
    TemplateBody: template({ Jobs: queue() }),
    Tags: [{ Key: "aws:a", Value: "b" }],
  });
  await expect(created).rejects.toThrow("aws: prefixed tag key names are not allowed for external use.");
});

test("a protected stack cannot be deleted, and one that is not there is gone already", async () => {
  await using aws = aCloudFormation();
  const TemplateBody = template({ Jobs: queue() });
  await aws.call("CreateStack", { StackName, TemplateBody, EnableTerminationProtection: true });
  await expect(aws.call("DeleteStack", { StackName })).rejects.toThrow(
    "Stack [app] cannot be deleted while TerminationProtection is enabled",
  );
  await aws.call("UpdateTerminationProtection", { StackName, EnableTerminationProtection: false });
  await aws.call("DeleteStack", { StackName });
  await aws.call("DeleteStack", { StackName });
});

test.for([
  ["DescribeStacks", "Stack with id none does not exist"],
  ["DescribeStackEvents", "Stack [none] does not exist"],
  ["GetTemplate", "Stack with id none does not exist"],
  ["ListStackResources", "Stack with id none does not exist"],
] as const)("%s of an unknown stack says: %s", async ([name, text]) => {
  await using aws = aCloudFormation();
  await expect(aws.call(name, { StackName: "none" })).rejects.toThrow(text);
});

test("what a template cannot be is said before there is a stack", async () => {
  await using aws = aCloudFormation();
  const TemplateBody = template({ Jobs: queue(), Table: { Type: "AWS::Nowhere::Table" } });
  await expect(aws.call("CreateStack", { StackName, TemplateBody })).rejects.toThrow(
    "Template format error: Unrecognized resource types: [AWS::Nowhere::Table]",
  );
  expect(await aws.statuses()).toEqual([]);
});

test.for(["ValidateTemplate", "GetTemplateSummary"])("%s refuses types that are not known", async (name) => {
  await using aws = aCloudFormation();
  const TemplateBody = template({ Jobs: queue(), Table: { Type: "AWS::Nowhere::Table" } });
  await expect(aws.call(name, { TemplateBody })).rejects.toThrow(
    "Template format error: Unrecognized resource types: [AWS::Nowhere::Table]",
  );
});

test("GetTemplateSummary warns of types that are not known where it is told to", async () => {
  await using aws = aCloudFormation();
  const TemplateBody = template({ Jobs: queue(), Table: { Type: "AWS::Nowhere::Table" } });
  const TemplateSummaryConfig = { TreatUnrecognizedResourceTypesAsWarnings: true };
  expect(await aws.call("GetTemplateSummary", { TemplateBody, TemplateSummaryConfig })).toMatchObject({
    ResourceTypes: ["AWS::SQS::Queue", "AWS::Nowhere::Table"],
    Warnings: { UnrecognizedResourceTypes: ["AWS::Nowhere::Table"] },
  });
  const known = { TemplateBody: template({ Jobs: queue() }), TemplateSummaryConfig };
  expect((await aws.call("GetTemplateSummary", known)).Warnings).toBeUndefined();
});

test("what an update took away or left behind is none of the stack's resources any more", async () => {
  await using aws = aCloudFormation();
  const Kept = queue({}, { DeletionPolicy: "Retain" });
  await aws.call("CreateStack", { StackName, TemplateBody: template({ Jobs: queue(), Kept, Gone: queue() }) });
  await aws.call("UpdateStack", { StackName, TemplateBody: template({ Jobs: queue() }) });
  expect(await aws.story(StackName)).toContain("Kept DELETE_SKIPPED");
  for (const LogicalResourceId of ["Kept", "Gone"]) {
    await expect(aws.call("DescribeStackResource", { StackName, LogicalResourceId })).rejects.toThrow(
      `Resource ${LogicalResourceId} does not exist for stack ${StackName}`,
    );
  }
  const { StackResourceSummaries } = await aws.call("ListStackResources", { StackName });
  expect(StackResourceSummaries).toMatchObject([{ LogicalResourceId: "Jobs" }]);
});

/** A stack with a bucket that is not empty, and a queue. */
async function withAFullBucket() {
  const aws = aCloudFormation();
  const Full = { Type: "AWS::S3::Bucket", Properties: { BucketName: "full" } };
  await aws.call("CreateStack", { StackName, TemplateBody: template({ Full, Jobs: queue() }) });
  await aws.other("s3", "PutObject", { Bucket: "full", Key: "a", Body: Buffer.from("a") });
  return aws;
}

test("only what could not be deleted can be left behind", async () => {
  await using aws = await withAFullBucket();
  const { StackId } = await aws.stack(StackName);
  const deleteBut = (...RetainResources: string[]) => aws.call("DeleteStack", { StackName, RetainResources });
  await expect(deleteBut("Full")).rejects.toThrow(
    `Invalid operation on stack [${StackId}]. Specify the resources to retain only when the stack is in the DELETE_FAILED state.`,
  );
  await aws.call("DeleteStack", { StackName });
  const { StackResources } = await aws.call("DescribeStackResources", { StackName });
  expect(StackResources).toMatchObject([{ ResourceStatus: "DELETE_FAILED" }, { ResourceStatus: "DELETE_COMPLETE" }]);
  for (const other of ["Jobs", "None"]) {
    await expect(deleteBut("Full", other)).rejects.toThrow("resources to retain must be in a valid state");
  }
  await deleteBut("Full");
  expect((await aws.stack(StackId)).StackStatus).toBe("DELETE_COMPLETE");
});

test("an update that leaves something it should have deleted says so", async () => {
  await using aws = await withAFullBucket();
  await aws.call("UpdateStack", { StackName, TemplateBody: template({ Jobs: queue() }) });
  expect(await aws.stack(StackName)).toMatchObject({
    StackStatus: "UPDATE_COMPLETE",
    StackStatusReason: "Update successful. One or more resources could not be deleted.",
  });
});

test.for([
  [{ Arn: "arn:aws:cloudwatch:us-east-1:000000000000:alarm:a", Type: "AWS::SNS::Topic" }, "Trigger Type not supported"],
  [
    { Arn: "arn:aws:cloudwatch:us-east-1:000000000000:a", Type: "AWS::CloudWatch::Alarm" },
    "RelativeId of a Rollback Trigger's ARN is incorrect",
  ],
] as const)("the rollback trigger %j is refused", async ([trigger, message]) => {
  await using aws = aCloudFormation();
  const input = { StackName, TemplateBody: template({ Jobs: queue() }), ChangeSetName: "c", ChangeSetType: "CREATE" };
  for (const name of ["CreateStack", "CreateChangeSet"]) {
    const call = aws.call(name, { ...input, RollbackConfiguration: { RollbackTriggers: [trigger] } });
    await expect(call).rejects.toThrow(message);
  }
});

test("a stack shows its rollback configuration, which stays unless another is given", async () => {
  await using aws = aCloudFormation();
  const trigger = { Arn: "arn:aws:cloudwatch:us-east-1:000000000000:alarm:a", Type: "AWS::CloudWatch::Alarm" };
  const RollbackConfiguration = { RollbackTriggers: [trigger], MonitoringTimeInMinutes: 5 };
  await aws.call("CreateStack", { StackName, TemplateBody: template({ Jobs: queue() }), RollbackConfiguration });
  await aws.call("UpdateStack", { StackName, TemplateBody: template({ Others: queue() }) });
  expect(await aws.stack(StackName)).toMatchObject({ RollbackConfiguration });
  await aws.call("UpdateStack", {
    ...{ StackName, TemplateBody: template({ Jobs: queue() }), RollbackConfiguration: { RollbackTriggers: [] } },
  });
  expect((await aws.stack(StackName)).RollbackConfiguration).toEqual({ RollbackTriggers: [] });
});

test("topics that want to know are told of every event", async () => {
  await using aws = aCloudFormation();
  const { QueueUrl } = await aws.other("sqs", "CreateQueue", { QueueName: "told" });
  const { TopicArn } = await aws.other("sns", "CreateTopic", { Name: "told" });
  const Endpoint = "arn:aws:sqs:us-east-1:000000000000:told";
  await aws.other("sns", "Subscribe", {
    TopicArn,
    Protocol: "sqs",
    Endpoint,
    Attributes: { RawMessageDelivery: "true" },
  });
  await aws.call("CreateStack", { StackName, TemplateBody: template({ Jobs: queue() }), NotificationARNs: [TopicArn] });
  const { Messages } = await aws.other("sqs", "ReceiveMessage", { QueueUrl, MaxNumberOfMessages: 10 });
  expect(Messages).toHaveLength(5);
  expect(Messages[0].Body).toContain("ResourceStatus='CREATE_IN_PROGRESS'\n");
});

test("the template comes back as it was submitted", async () => {
  await using aws = aCloudFormation();
  const TemplateBody = "Resources:\n  Jobs: # the only one\n    Type: AWS::SQS::Queue\n";
  await aws.call("CreateStack", { StackName, TemplateBody });
  const answer = await aws.call("GetTemplate", { StackName });
  expect(answer).toEqual({ TemplateBody, StagesAvailable: ["Original", "Processed"] });
});

test("each event is later than the one before, since tools sort by it, also where time stands still", async () => {
  await using aws = aCloudFormation();
  await aws.call("CreateStack", { StackName, TemplateBody: template({ Jobs: queue(), Others: queue() }) });
  await aws.call("UpdateStack", { StackName, TemplateBody: template({ Jobs: queue({ DelaySeconds: 1 }) }) });
  const { StackEvents } = await aws.call("DescribeStackEvents", { StackName });
  const told: readonly number[] = StackEvents.map((event: { Timestamp: unknown }) => Number(event.Timestamp));
  expect(told.length).toBeGreaterThan(10);
  expect(told).toEqual([...new Set(told)].sort((one, other) => other - one));
});
