import { expect, test } from "vitest";
import { AwsError } from "../../../src/kernel/aws-error.ts";
import { seededIds } from "../../../src/kernel/ids.ts";
import { CallbackBox } from "../../../src/provisioning/resource/callbacks.ts";
import { nestedStack } from "../../../src/provisioning/resource/cloudformation/nested-stack.ts";
import type { ResourceContext } from "../../../src/provisioning/resource/resource-type.ts";
import { checkTypes } from "../../../src/provisioning/resource/types.ts";
import { aStack, resolved, SCOPE, STACK } from "../../support/provisioning.ts";

const tokenOf = (url: string): string => url.split("/").at(-1)!;

/** A custom resource whose maker is behind a topic, and the queue at which the maker listens. */
const custom = (Size: number) => ({
  Resources: {
    Made: { Type: "Custom::Thing", Properties: { ServiceToken: "arn:aws:sns:us-east-1:000000000000:makers", Size } },
    Out: { Type: "AWS::SQS::Queue", Properties: { QueueName: { "Fn::GetAtt": ["Made", "Name"] } } },
  },
});

async function aMaker(stack: ReturnType<typeof aStack>) {
  const { QueueUrl } = await stack.ask<{ QueueUrl: string }>("sqs", "CreateQueue", { QueueName: "wishes" });
  const { TopicArn } = await stack.ask<{ TopicArn: string }>("sns", "CreateTopic", { Name: "makers" });
  const Endpoint = "arn:aws:sqs:us-east-1:000000000000:wishes";
  await stack.ask("sns", "Subscribe", {
    TopicArn,
    Protocol: "sqs",
    Endpoint,
    Attributes: { RawMessageDelivery: "true" },
  });
  const wishes: Record<string, unknown>[] = [];
  return {
    wishes,
    /** Answers the next wish. */
    async answer(more: object): Promise<void> {
      for (;;) {
        const { Messages = [] } = await stack.ask<{ Messages?: { Body: string; ReceiptHandle: string }[] }>(
          "sqs",
          "ReceiveMessage",
          { QueueUrl },
        );
        const [message] = Messages;
        if (message === undefined) continue;
        await stack.ask("sqs", "DeleteMessage", { QueueUrl, ReceiptHandle: message.ReceiptHandle });
        const wish = JSON.parse(message.Body) as Record<string, unknown>;
        wishes.push(wish);
        expect(stack.callbacks.put(tokenOf(String(wish.ResponseURL)), { Status: "SUCCESS", ...more })).toBe(true);
        return;
      }
    },
  };
}

test("a custom resource behind a topic is made, changed and taken away by messages", async () => {
  await using stack = aStack();
  const maker = await aMaker(stack);
  checkTypes(await resolved(custom(1)), "refuse");
  const [created] = await Promise.all([
    stack.deploy(custom(1)),
    maker.answer({ PhysicalResourceId: "one", Data: { Name: "named" } }),
  ]);
  expect(created.status).toBe("complete");
  expect(stack.physicalId("Made")).toBe("one");
  expect(stack.physicalId("Out")).toMatch(/\/named$/);
  await Promise.all([stack.deploy(custom(2)), maker.answer({ Data: { Name: "named" } })]);
  await Promise.all([stack.deploy(undefined), maker.answer({})]);
  expect(maker.wishes).toMatchObject([
    {
      RequestType: "Create",
      LogicalResourceId: "Made",
      ResourceType: "Custom::Thing",
      StackId: STACK.id,
      ResourceProperties: { Size: "1" },
    },
    {
      RequestType: "Update",
      PhysicalResourceId: "one",
      ResourceProperties: { Size: "2" },
      OldResourceProperties: { Size: "1" },
    },
    { RequestType: "Delete", PhysicalResourceId: "one" },
  ]);
});

test("a maker that fails fails the resource, with its reason", async () => {
  await using stack = aStack();
  const maker = await aMaker(stack);
  const [{ status }] = await Promise.all([
    stack.deploy(custom(1)),
    maker.answer({ Status: "FAILED", Reason: "no room", PhysicalResourceId: "half" }).then(() => maker.answer({})),
  ]);
  expect(status).toBe("rolledBack");
  expect(maker.wishes.at(-1)).toMatchObject({ RequestType: "Delete", PhysicalResourceId: "half" });
  expect(stack.events.find((event) => event.status === "CREATE_FAILED")?.reason).toMatch(
    /^Received response status \[FAILED\] from custom resource\. Message returned: no room \(RequestId: .{36}\)$/,
  );
});

test("a maker that fails to take away what it failed to make is asked again with the stack", async () => {
  await using stack = aStack();
  const maker = await aMaker(stack);
  const failing = () => maker.answer({ Status: "FAILED" });
  const [{ status, resources }] = await Promise.all([stack.deploy(custom(1)), failing().then(failing)]);
  expect([status, resources.map(({ logicalId }) => logicalId)]).toEqual(["rollbackFailed", ["Made"]]);
  const [gone] = await Promise.all([stack.deploy(undefined), maker.answer({})]);
  expect(gone.status).toBe("complete");
  const [, first, second] = maker.wishes.map(({ PhysicalResourceId }) => PhysicalResourceId);
  expect(first).toMatch(/^app-Made-\w{12}$/);
  expect(second).toBe(first);
});

test("a maker that fails to change something is asked to change it back", async () => {
  await using stack = aStack();
  const maker = await aMaker(stack);
  const Data = { Name: "named" };
  await Promise.all([stack.deploy(custom(1)), maker.answer({ PhysicalResourceId: "one", Data })]);
  const [{ status }] = await Promise.all([
    stack.deploy(custom(2)),
    maker.answer({ Status: "FAILED" }).then(() => maker.answer({ Data })),
  ]);
  expect(status).toBe("rolledBack");
  expect(maker.wishes.at(-1)).toMatchObject({
    RequestType: "Update",
    PhysicalResourceId: "one",
    ResourceProperties: { Size: "1" },
    OldResourceProperties: { Size: "2" },
  });
});

const waiting = (Count: number) => ({
  Resources: {
    Handle: { Type: "AWS::CloudFormation::WaitConditionHandle" },
    Wait: {
      Type: "AWS::CloudFormation::WaitCondition",
      Properties: { Handle: { Ref: "Handle" }, Timeout: "60", Count },
    },
  },
  Outputs: { Data: { Value: { "Fn::GetAtt": ["Wait", "Data"] } } },
});

test("a wait condition is there once so many signals came to its handle", async () => {
  await using stack = aStack();
  const deployed = stack.deploy(waiting(2));
  const made = () => stack.events.find(({ logicalId, physicalId }) => logicalId === "Handle" && physicalId !== "");
  while (made() === undefined) await stack.ask("sqs", "ListQueues");
  const url = made()!.physicalId;
  stack.callbacks.put(tokenOf(url), { Status: "SUCCESS", UniqueId: "a", Data: "1" });
  stack.callbacks.put(tokenOf(url), { Status: "SUCCESS", UniqueId: "b", Data: "2" });
  const { outputs } = await deployed;
  expect(outputs).toEqual([{ key: "Data", value: '{"a":"1","b":"2"}' }]);
});

test("waiting ends when time is up, and nobody waits there any more", async () => {
  const aborted: boolean[] = [];
  const wait = async (_ms: number, signal?: AbortSignal): Promise<void> => {
    signal?.addEventListener("abort", () => aborted.push(true));
  };
  const box = new CallbackBox(seededIds("box"));
  const callbacks = box.at({ account: SCOPE.account, base: "http://localhost/", wait });
  const url = callbacks.open();
  await expect(callbacks.answersAt(url, { count: 1, timeoutMs: 1000 })).rejects.toThrow(
    "WaitCondition timed out. Received 0 conditions when expecting 1",
  );
  expect(aborted).toEqual([true]);
  expect(box.put(tokenOf(url), {})).toBe(false);
});

test("whoever waits at a URL that a process before gave out is answered there", async () => {
  const box = new CallbackBox(seededIds("box"));
  const callbacks = box.at({ account: SCOPE.account, base: "http://localhost/", wait: () => new Promise(() => {}) });
  const url = "http://localhost/of-another-process";
  expect(box.put(tokenOf(url), { Status: "SUCCESS" })).toBe(false);
  const answers = callbacks.answersAt(url, { count: 1, timeoutMs: 1000 });
  expect(box.put(tokenOf(url), { Status: "SUCCESS", Data: "1" })).toBe(true);
  expect(await answers).toEqual([{ Status: "SUCCESS", Data: "1" }]);
  const forgotten = callbacks.answersAt(url, { count: 1, timeoutMs: 1000 });
  box.reset(SCOPE.account);
  await expect(forgotten).rejects.toThrow("any more");
});

/** What a nested stack is given to work with: CloudFormation itself, answering as told. */
function nesting(answers: Readonly<Record<string, (input: Record<string, unknown>) => unknown>>) {
  const calls: [string, unknown][] = [];
  const context: ResourceContext = {
    logicalId: "Child",
    type: "AWS::CloudFormation::Stack",
    stack: STACK,
    scope: SCOPE,
    ids: seededIds("nested"),
    callbacks: { open: () => "", close: () => {}, answersAt: async () => [], answerAt: async () => undefined },
    unknown: "refuse",
    wait: async () => {},
    operate: async (call, input) => {
      calls.push([call, input]);
      return answers[call.split(" ")[1]!]?.(input as Record<string, unknown>) as never;
    },
  };
  return { context, calls };
}

const wanted = {
  properties: { TemplateURL: "http://localhost:4566/b/k", Parameters: { A: ["x", "y"], B: 1 } },
  tags: { t: "1" },
};

test("a nested stack is made by CloudFormation itself, and its outputs are its attributes", async () => {
  const statuses = ["CREATE_IN_PROGRESS", "CREATE_COMPLETE"];
  const { context, calls } = nesting({
    CreateStack: () => ({ StackId: "arn:child" }),
    DescribeStacks: () => ({
      Stacks: [{ StackStatus: statuses.shift(), Outputs: [{ OutputKey: "Url", OutputValue: "u" }] }],
    }),
  });
  expect(await nestedStack.create(context, wanted)).toEqual({
    physicalId: "arn:child",
    attributes: { Outputs: { Url: "u" } },
  });
  expect(calls[0]).toMatchObject([
    "cloudformation CreateStack",
    {
      StackName: expect.stringMatching(/^app-Child-[A-Za-z0-9]{12}$/),
      TemplateURL: "http://localhost:4566/b/k",
      Parameters: [
        { ParameterKey: "A", ParameterValue: "x,y" },
        { ParameterKey: "B", ParameterValue: "1" },
      ],
      Tags: [{ Key: "t", Value: "1" }],
    },
  ]);
});

test("a nested stack that fails says why, and one without updates is no failure", async () => {
  const failed = nesting({
    CreateStack: () => ({ StackId: "arn:child" }),
    DescribeStacks: () => ({ Stacks: [{ StackStatus: "ROLLBACK_COMPLETE", StackStatusReason: "because" }] }),
  });
  await expect(nestedStack.create(failed.context, wanted)).rejects.toThrow(
    "Embedded stack arn:child was not successfully created: because",
  );
  const same = nesting({
    UpdateStack: () => {
      const identity = {
        shape: "ValidationError",
        queryCode: "ValidationError",
        status: 400,
        fault: "Sender",
        isModelled: false,
      } as const;
      throw new AwsError(identity, "No updates are to be performed.");
    },
    DescribeStacks: () => ({ Stacks: [{ StackStatus: "CREATE_COMPLETE" }] }),
  });
  const change = { physicalId: "arn:child", attributes: {}, before: wanted, after: wanted };
  expect(await nestedStack.update(same.context, change)).toEqual({
    physicalId: "arn:child",
    attributes: { Outputs: {} },
  });
});
