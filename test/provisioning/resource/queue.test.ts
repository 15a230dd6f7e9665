import { expect, test } from "vitest";
import { aStack } from "../../support/provisioning.ts";

const queues = (properties: object = {}, more: object = {}) => ({
  Resources: {
    Jobs: {
      Type: "AWS::SQS::Queue",
      Properties: {
        RedrivePolicy: { deadLetterTargetArn: { "Fn::GetAtt": ["Failed", "Arn"] }, maxReceiveCount: 3 },
        ...properties,
      },
    },
    Failed: { Type: "AWS::SQS::Queue" },
    ...more,
  },
  Outputs: {
    Url: { Value: { Ref: "Jobs" }, Export: { Name: { "Fn::Join": ["-", [{ Ref: "AWS::StackName" }, "url"]] } } },
  },
});

const attributesOf = async (stack: ReturnType<typeof aStack>, logicalId: string) => {
  const QueueUrl = stack.physicalId(logicalId);
  const { Attributes } = await stack.ask<{ Attributes: Record<string, string> }>("sqs", "GetQueueAttributes", {
    QueueUrl,
    AttributeNames: ["All"],
  });
  return Attributes;
};

test("a stack of queues is made in the order of its references, with generated names", async () => {
  await using stack = aStack();
  const { status, outputs } = await stack.deploy(queues());
  expect(status).toBe("complete");
  expect(stack.told).toEqual([
    "Failed CREATE_IN_PROGRESS",
    "Failed CREATE_IN_PROGRESS",
    "Failed CREATE_COMPLETE",
    "Jobs CREATE_IN_PROGRESS",
    "Jobs CREATE_IN_PROGRESS",
    "Jobs CREATE_COMPLETE",
  ]);
  expect(stack.physicalId("Jobs")).toMatch(/^http:\/\/localhost:4566\/000000000000\/app-Jobs-[A-Za-z0-9]{12}$/);
  expect(outputs).toEqual([{ key: "Url", value: stack.physicalId("Jobs"), exportName: "app-url" }]);
  expect((await attributesOf(stack, "Jobs")).RedrivePolicy).toMatch(/"maxReceiveCount":3/);
});

test("nothing is planned for a template that was applied", async () => {
  await using stack = aStack();
  await stack.deploy(queues({ VisibilityTimeout: "60" }));
  const { steps, removals } = await stack.plan(queues({ VisibilityTimeout: 60 }));
  expect([...steps, ...removals]).toEqual([]);
});

test("a changed property is written, one that is taken away gets the handler's default", async () => {
  await using stack = aStack();
  await stack.deploy(queues({ VisibilityTimeout: 60, DelaySeconds: 5 }));
  const url = stack.physicalId("Jobs");
  await stack.deploy(queues({ VisibilityTimeout: 90 }));
  expect(stack.told).toEqual(["Jobs UPDATE_IN_PROGRESS", "Jobs UPDATE_COMPLETE", "cleanup"]);
  expect(stack.physicalId("Jobs")).toBe(url);
  expect(await attributesOf(stack, "Jobs")).toMatchObject({ VisibilityTimeout: "90", DelaySeconds: "0" });
});

test("a new name makes a new queue, and the old one goes in the clean-up", async () => {
  await using stack = aStack();
  await stack.deploy(queues({ QueueName: "one" }));
  await stack.deploy(queues({ QueueName: "two" }));
  expect(stack.events.map(({ status, physicalId }) => [status, physicalId.split("/").at(-1)])).toEqual([
    ["UPDATE_IN_PROGRESS", "one"],
    ["UPDATE_IN_PROGRESS", "two"],
    ["UPDATE_COMPLETE", "two"],
    ["DELETE_IN_PROGRESS", "one"],
    ["DELETE_COMPLETE", "one"],
  ]);
  expect(await stack.ask("sqs", "ListQueues", { QueueNamePrefix: "one" })).toEqual({});
});

test("a queue that was there is not adopted, and everything is undone", async () => {
  await using stack = aStack();
  await stack.ask("sqs", "CreateQueue", { QueueName: "taken" });
  const { status, reason, resources } = await stack.deploy(queues({ QueueName: "taken" }));
  expect({ status, reason, resources }).toEqual({
    status: "rolledBack",
    reason: "The following resource(s) failed to create: [Jobs]. ",
    resources: [],
  });
  expect(stack.events.find(({ status: one }) => one === "CREATE_FAILED")?.reason).toMatch(
    /^Resource handler returned message: "Resource of type 'AWS::SQS::Queue' with identifier 'taken' already exists\." \(RequestToken: .*, HandlerErrorCode: AlreadyExists\)$/,
  );
  expect(stack.told.slice(-4)).toEqual([
    "rollback",
    "Jobs DELETE_COMPLETE",
    "Failed DELETE_IN_PROGRESS",
    "Failed DELETE_COMPLETE",
  ]);
});

test("a failed update puts back what was changed and takes away what was new", async () => {
  await using stack = aStack();
  await stack.deploy(queues({ VisibilityTimeout: 60 }));
  const more = { Bad: { Type: "AWS::SQS::Queue", DependsOn: "Jobs", Properties: { DelaySeconds: 5000 } } };
  const { status } = await stack.deploy(queues({ VisibilityTimeout: 90 }, more));
  expect(status).toBe("rolledBack");
  expect(stack.told).toEqual([
    "Jobs UPDATE_IN_PROGRESS",
    "Jobs UPDATE_COMPLETE",
    "Bad CREATE_IN_PROGRESS",
    "Bad CREATE_FAILED",
    "rollback",
    "Jobs UPDATE_IN_PROGRESS",
    "Jobs UPDATE_COMPLETE",
    "cleanup",
    "Bad DELETE_COMPLETE",
  ]);
  expect(await attributesOf(stack, "Jobs")).toMatchObject({ VisibilityTimeout: "60" });
});

test("a stack that goes takes its queues with it, users first", async () => {
  await using stack = aStack();
  await stack.deploy(queues());
  const { status } = await stack.deploy(undefined);
  expect(status).toBe("complete");
  expect(stack.told).toEqual([
    "Jobs DELETE_IN_PROGRESS",
    "Jobs DELETE_COMPLETE",
    "Failed DELETE_IN_PROGRESS",
    "Failed DELETE_COMPLETE",
  ]);
  expect(await stack.ask("sqs", "ListQueues")).toEqual({});
});
