import { expect, test } from "vitest";
import { nextTurn } from "../../../src/kernel/time/system-clock.ts";
import { aCloudFormation, queue, template } from "../../support/cloudformation.ts";

const waiting = {
  Handle: { Type: "AWS::CloudFormation::WaitConditionHandle" },
  Signal: {
    Type: "AWS::CloudFormation::WaitCondition",
    Properties: { Handle: { Ref: "Handle" }, Timeout: 60 },
  },
};
const made = template({
  Jobs: queue({ QueueName: "jobs" }),
  Kept: queue({ QueueName: "kept" }, { DeletionPolicy: "Retain" }),
  Handle: waiting.Handle,
  Signal: { ...waiting.Signal, DependsOn: ["Jobs", "Kept"] },
  Later: queue({ QueueName: "later" }, { DependsOn: "Signal" }),
});

test("a stack that is deleted while it is being made stops where it is, and goes", async () => {
  await using aws = aCloudFormation();
  const { StackId } = await aws.call("CreateStack", { StackName: "app", TemplateBody: made });
  expect((await aws.stack("app")).StackStatus).toBe("CREATE_IN_PROGRESS");
  await aws.call("DeleteStack", { StackName: "app", ClientRequestToken: "away" });
  expect(await aws.statuses()).toEqual(["DELETE_COMPLETE"]);
  const story = await aws.story(StackId);
  expect(story.slice(story.indexOf("app DELETE_IN_PROGRESS"))).toEqual([
    "app DELETE_IN_PROGRESS",
    "Signal CREATE_FAILED",
    "Signal DELETE_COMPLETE",
    "Kept DELETE_SKIPPED",
    "Jobs DELETE_IN_PROGRESS",
    "Jobs DELETE_COMPLETE",
    "Handle DELETE_IN_PROGRESS",
    "Handle DELETE_COMPLETE",
    "app DELETE_COMPLETE",
  ]);
  expect(story.join()).not.toContain("Later");
  const { StackEvents } = await aws.call("DescribeStackEvents", { StackName: StackId });
  const [last] = StackEvents;
  expect(last).toMatchObject({ ResourceStatus: "DELETE_COMPLETE", ClientRequestToken: "away" });
  expect(
    StackEvents.find((event: { ResourceStatus: string }) => event.ResourceStatus === "CREATE_FAILED"),
  ).toMatchObject({ LogicalResourceId: "Signal", ResourceStatusReason: "Resource creation cancelled" });
  const { QueueUrls } = await aws.other("sqs", "ListQueues", {});
  expect(QueueUrls.map((url: string) => url.split("/").at(-1))).toEqual(["kept"]);
});

test("deletion comes before DisableRollback, and the name is free again", async () => {
  await using aws = aCloudFormation();
  await aws.call("CreateStack", { StackName: "app", TemplateBody: made, DisableRollback: true });
  await aws.call("DeleteStack", { StackName: "app" });
  await aws.call("CreateStack", { StackName: "app", TemplateBody: template({ Jobs: queue({ QueueName: "jobs" }) }) });
  expect(await aws.statuses()).toEqual(["CREATE_COMPLETE", "DELETE_COMPLETE"]);
});

test("a change set whose stack is deleted while it is executed has failed", async () => {
  await using aws = aCloudFormation();
  const named = { StackName: "app", ChangeSetName: "first" };
  const { Id } = await aws.call("CreateChangeSet", { ...named, ChangeSetType: "CREATE", TemplateBody: made });
  await aws.call("ExecuteChangeSet", named);
  await aws.call("DeleteStack", { StackName: "app" });
  expect(await aws.statuses()).toEqual(["DELETE_COMPLETE"]);
  expect((await aws.call("DescribeChangeSet", { ChangeSetName: Id })).ExecutionStatus).toBe("EXECUTE_FAILED");
});

test("a nested stack that is being made goes with its parent", async () => {
  await using aws = aCloudFormation();
  await aws.other("s3", "CreateBucket", { Bucket: "templates" });
  await aws.other("s3", "PutObject", { Bucket: "templates", Key: "child", Body: Buffer.from(template(waiting)) });
  const TemplateURL = "http://localhost:4566/templates/child";
  const Child = { Type: "AWS::CloudFormation::Stack", Properties: { TemplateURL } };
  const { StackId } = await aws.call("CreateStack", {
    ...{ StackName: "app", TemplateBody: template({ Jobs: queue(), Child }) },
  });
  expect(await aws.statuses()).toEqual(["CREATE_IN_PROGRESS", "CREATE_IN_PROGRESS"]);
  await aws.call("DeleteStack", { StackName: "app" });
  expect(await aws.statuses()).toEqual(["DELETE_COMPLETE", "DELETE_COMPLETE"]);
  expect((await aws.story(StackId)).filter((line) => line.startsWith("Child"))).toEqual([
    ...["Child CREATE_IN_PROGRESS", "Child CREATE_IN_PROGRESS", "Child CREATE_FAILED"],
    ...["Child DELETE_IN_PROGRESS", "Child DELETE_COMPLETE"],
  ]);
});

test("a stack that is being changed cannot be deleted", async () => {
  await using aws = aCloudFormation();
  await aws.call("CreateStack", { StackName: "app", TemplateBody: template({ Jobs: queue() }) });
  await aws.call("UpdateStack", { StackName: "app", TemplateBody: template({ Jobs: queue(), ...waiting }) });
  await expect(aws.call("DeleteStack", { StackName: "app" })).rejects.toThrow("is in UPDATE_IN_PROGRESS state");
});

test("an update that is cancelled does not wait for what it is making", async () => {
  await using aws = aCloudFormation();
  await aws.call("CreateStack", { StackName: "app", TemplateBody: template({ Jobs: queue() }) });
  await aws.call("UpdateStack", { StackName: "app", TemplateBody: template({ Jobs: queue(), ...waiting }) });
  await aws.call("CancelUpdateStack", { StackName: "app" });
  await nextTurn();
  expect((await aws.stack("app")).StackStatus).toBe("UPDATE_ROLLBACK_COMPLETE");
  expect(await aws.story("app")).toContain("Signal CREATE_FAILED");
});
