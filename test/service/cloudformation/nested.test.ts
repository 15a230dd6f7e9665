import { expect, test } from "vitest";
import { aCloudFormation, queue, template } from "../../support/cloudformation.ts";

const Bucket = "templates";
const nested = (key: string, more: object = {}) => ({
  Type: "AWS::CloudFormation::Stack",
  Properties: { TemplateURL: `http://localhost:4566/${Bucket}/${key}`, ...more },
});

/** CloudFormation with templates in a bucket. */
async function withTemplates(templates: Readonly<Record<string, string>>) {
  const aws = aCloudFormation();
  await aws.other("s3", "CreateBucket", { Bucket });
  for (const [Key, text] of Object.entries(templates)) {
    await aws.other("s3", "PutObject", { Bucket, Key, Body: Buffer.from(text) });
  }
  return aws;
}

const leaf = template({ Jobs: queue() }, { Outputs: { Url: { Value: { Ref: "Jobs" } } } });
const branch = template({ Leaf: nested("leaf") });
const root = template({ Branch: nested("branch"), Twig: nested("leaf") });

test("a nested stack knows its parent and the root, and the root knows neither", async () => {
  await using aws = await withTemplates({ leaf, branch });
  const { StackId } = await aws.call("CreateStack", { StackName: "app", TemplateBody: root });
  const of = async (id: string, logicalId: string): Promise<string> =>
    (await aws.call("DescribeStackResource", { StackName: id, LogicalResourceId: logicalId })).StackResourceDetail
      .PhysicalResourceId;
  const branchId = await of("app", "Branch");
  expect(await aws.stack(await of(branchId, "Leaf"))).toMatchObject({
    StackName: expect.stringMatching(/^app-Branch-[A-Za-z0-9]{12}-Leaf-[A-Za-z0-9]{12}$/),
    ...{ StackStatus: "CREATE_COMPLETE", ParentId: branchId, RootId: StackId },
  });
  expect(await aws.stack(branchId)).toMatchObject({ ParentId: StackId, RootId: StackId });
  expect(await aws.stack("app")).toMatchObject({ ParentId: undefined, RootId: undefined });
  const { StackSummaries } = await aws.call("ListStacks");
  const parents = StackSummaries.filter(({ RootId }: { RootId?: string }) => RootId === StackId).map(
    ({ ParentId }: { ParentId: string }) => ParentId,
  );
  expect(parents.toSorted()).toEqual([StackId, StackId, branchId].toSorted());
});

test("the events of a nested stack are its own, and its parent tells of it as of any resource", async () => {
  await using aws = await withTemplates({ leaf, branch });
  await aws.call("CreateStack", { StackName: "app", TemplateBody: branch });
  expect(await aws.story("app")).toEqual([
    "app CREATE_IN_PROGRESS",
    "Leaf CREATE_IN_PROGRESS",
    "Leaf CREATE_IN_PROGRESS",
    "Leaf CREATE_COMPLETE",
    "app CREATE_COMPLETE",
  ]);
  const { StackEvents } = await aws.call("DescribeStackEvents", { StackName: "app" });
  const { PhysicalResourceId } = StackEvents[1];
  expect(StackEvents[2].PhysicalResourceId).toBe(PhysicalResourceId);
  const child = (await aws.stack(PhysicalResourceId)).StackName;
  expect(await aws.story(PhysicalResourceId)).toEqual([
    `${child} CREATE_IN_PROGRESS`,
    "Jobs CREATE_IN_PROGRESS",
    "Jobs CREATE_IN_PROGRESS",
    "Jobs CREATE_COMPLETE",
    `${child} CREATE_COMPLETE`,
  ]);
});

test("what is named after an output of a nested stack goes along when that changes", async () => {
  const leafOf = (Value: string) => template({ Jobs: queue() }, { Outputs: { Name: { Value } } });
  const Named = queue({ QueueName: { "Fn::GetAtt": ["Leaf", "Outputs.Name"] } });
  const parentOf = (key: string) => template({ Leaf: nested(key), Named });
  await using aws = await withTemplates({ one: leafOf("first"), two: leafOf("second") });
  await aws.call("CreateStack", { StackName: "app", TemplateBody: parentOf("one") });
  await aws.call("UpdateStack", { StackName: "app", TemplateBody: parentOf("two") });
  expect(await aws.other("sqs", "GetQueueUrl", { QueueName: "second" })).toMatchObject({
    QueueUrl: expect.any(String),
  });
});

test("a nested stack goes with its parent", async () => {
  await using aws = await withTemplates({ leaf, branch });
  await aws.call("CreateStack", { StackName: "app", TemplateBody: branch });
  const { StackResources } = await aws.call("DescribeStackResources", { StackName: "app" });
  await aws.call("DeleteStack", { StackName: "app" });
  expect((await aws.stack(StackResources[0].PhysicalResourceId)).StackStatus).toBe("DELETE_COMPLETE");
});

test("a nested stack that cannot be made says why, and is gone with the rollback of its parent", async () => {
  const broken = template({ Jobs: queue({ DelaySeconds: 901 }) });
  await using aws = await withTemplates({ leaf: broken });
  await aws.call("CreateStack", { StackName: "app", TemplateBody: branch });
  expect((await aws.stack("app")).StackStatus).toBe("ROLLBACK_COMPLETE");
  const { StackEvents } = await aws.call("DescribeStackEvents", { StackName: "app" });
  const reason = StackEvents.find(
    ({ ResourceStatus }: { ResourceStatus: string }) => ResourceStatus === "CREATE_FAILED",
  ).ResourceStatusReason;
  expect(reason).toMatch(
    /^Embedded stack arn:\S+ was not successfully created: The following resource\(s\) failed to create: \[Jobs\]\. $/,
  );
  const [, id] = /Embedded stack (arn:\S+)/.exec(reason)!;
  expect((await aws.stack(id!)).StackStatus).toBe("DELETE_COMPLETE");
});

const brokenLeaf = template({ Jobs: queue(), Late: queue({ DelaySeconds: 901 }, { DependsOn: "Jobs" }) });

test("a nested stack that cannot be made is known by its id, and goes with all else", async () => {
  await using aws = await withTemplates({ leaf: brokenLeaf });
  await aws.call("CreateStack", { StackName: "app", TemplateBody: branch });
  expect((await aws.story("app")).slice(1, -1)).toEqual([
    "Leaf CREATE_IN_PROGRESS",
    "Leaf CREATE_IN_PROGRESS",
    "Leaf CREATE_FAILED",
    "app ROLLBACK_IN_PROGRESS",
    "Leaf DELETE_IN_PROGRESS",
    "Leaf DELETE_COMPLETE",
  ]);
  const { StackEvents } = await aws.call("DescribeStackEvents", { StackName: "app" });
  const ids = StackEvents.map((event: { PhysicalResourceId: string }) => event.PhysicalResourceId).toReversed();
  expect(ids.slice(2, 4)).toEqual([ids[6], ids[6]]);
});

test.for([{ DisableRollback: true }, { OnFailure: "DO_NOTHING" }])(
  "a nested stack stays as it is when its parent does, which was made with %j, and goes with it",
  async (how) => {
    await using aws = await withTemplates({ leaf: brokenLeaf });
    await aws.call("CreateStack", { StackName: "app", TemplateBody: branch, ...how });
    expect(await aws.statuses()).toEqual(["CREATE_FAILED", "CREATE_FAILED"]);
    const { StackResourceDetail } = await aws.call("DescribeStackResource", {
      ...{ StackName: "app", LogicalResourceId: "Leaf" },
    });
    const leafId = StackResourceDetail.PhysicalResourceId;
    expect((await aws.stack(leafId)).DisableRollback).toBe(true);
    expect(await aws.story(leafId)).toContain("Jobs CREATE_COMPLETE");
    await aws.call("DeleteStack", { StackName: "app" });
    expect(await aws.statuses()).toEqual(["DELETE_COMPLETE", "DELETE_COMPLETE"]);
  },
);

test("a nested stack that stays as it is when its parent's update does goes back with it", async () => {
  await using aws = await withTemplates({ leaf, broken: brokenLeaf });
  await aws.call("CreateStack", { StackName: "app", TemplateBody: branch });
  const TemplateBody = template({ Leaf: nested("broken") });
  await aws.call("UpdateStack", { StackName: "app", TemplateBody, DisableRollback: true });
  expect(await aws.statuses()).toEqual(["UPDATE_FAILED", "UPDATE_FAILED"]);
  await aws.call("RollbackStack", { StackName: "app" });
  expect(await aws.statuses()).toEqual(["UPDATE_ROLLBACK_COMPLETE", "UPDATE_ROLLBACK_COMPLETE"]);
});

test("a nested stack that went back to what it was is no obstacle to an update that leaves it so", async () => {
  await using aws = await withTemplates({ leaf, same: leaf, broken: brokenLeaf });
  await aws.call("CreateStack", { StackName: "app", TemplateBody: branch });
  await aws.call("UpdateStack", { StackName: "app", TemplateBody: template({ Leaf: nested("broken") }) });
  expect(await aws.statuses()).toEqual(["UPDATE_ROLLBACK_COMPLETE", "UPDATE_ROLLBACK_COMPLETE"]);
  await aws.call("UpdateStack", { StackName: "app", TemplateBody: template({ Leaf: nested("same") }) });
  expect((await aws.stack("app")).StackStatus).toBe("UPDATE_COMPLETE");
});

test.for([
  [{ TemplateURL: "s3://templates/leaf" }, /^The location for an Amazon S3 bucket must start with https:\/\/$/],
  [{ TemplateURL: `https://s3.amazonaws.com/${Bucket}/none` }, /^S3 error: The specified key does not exist/],
  [
    { NotificationARNs: ["arn:aws:sns:eu-west-1:000000000000:t"] },
    /^Invalid parameter: TopicArn \(Service: AmazonSNS; Status Code: 400; Error Code: InvalidParameter; Request ID: \S+; Proxy: null\)$/,
  ],
  [{ NotificationARNs: ["arn:aws:sns:us-east-1:000000000000:t"] }, /^Topic does not exist \(Service: AmazonSNS; /],
] as const)("a nested stack with %j fails in CloudFormation's own words", async ([more, reason]) => {
  await using aws = await withTemplates({ leaf });
  await aws.call("CreateStack", { StackName: "app", TemplateBody: template({ Leaf: nested("leaf", more) }) });
  const { StackEvents } = await aws.call("DescribeStackEvents", { StackName: "app" });
  const failed = StackEvents.find(
    ({ ResourceStatus }: { ResourceStatus: string }) => ResourceStatus === "CREATE_FAILED",
  );
  expect(failed.ResourceStatusReason).toMatch(reason);
});

test("a custom resource whose function is not there fails in the words of the call", async () => {
  await using aws = aCloudFormation();
  const ServiceToken = "arn:aws:lambda:eu-west-1:000000000000:function:f";
  const TemplateBody = template({ Made: { Type: "Custom::Thing", Properties: { ServiceToken } } });
  await aws.call("CreateStack", { StackName: "app", TemplateBody });
  const { StackEvents } = await aws.call("DescribeStackEvents", { StackName: "app" });
  const failed = StackEvents.find(
    ({ ResourceStatus }: { ResourceStatus: string }) => ResourceStatus === "CREATE_FAILED",
  );
  expect(failed.ResourceStatusReason).toMatch(
    /^Functions from 'eu-west-1' are not reachable in this region \('us-east-1'\) \(Service: AWSLambda; Status Code: 404; Error Code: ResourceNotFoundException; /,
  );
});
