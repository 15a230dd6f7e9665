import { CreateTopicCommand, SNSClient, SubscribeCommand } from "@aws-sdk/client-sns";
import { CreateQueueCommand, SQSClient } from "@aws-sdk/client-sqs";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Emulator } from "../../src/app/emulator.ts";
import { aLambdaServer } from "../support/lambda-server.ts";
import { QueryClient, type XmlElement } from "../support/query-client.ts";

let emulator: Emulator;
beforeAll(async () => {
  emulator = await aLambdaServer();
});
afterAll(() => emulator.close());
beforeEach(async () => {
  emulator.reset();
  emulator.clock().freeze();
  const sns = emulator.client(SNSClient);
  await emulator.client(SQSClient).send(new CreateQueueCommand({ QueueName: "told" }));
  await sns.send(new CreateTopicCommand({ Name: "stacks" }));
  const Endpoint = "arn:aws:sqs:us-east-1:000000000000:told";
  await sns.send(new SubscribeCommand({ TopicArn: STACKS, Protocol: "sqs", Endpoint }));
});

const cloudFormation = () => new QueryClient({ name: "cloudformation", version: "2010-05-15" }, emulator.endpoint);
const STACKS = "arn:aws:sns:us-east-1:000000000000:stacks";
const Role = "arn:aws:iam::000000000000:role/any";

/** A stack with a maker and what it makes, whose `Name` names a queue. */
function stackOf(ZipFile: string, { Size = 1, Runtime = "nodejs22.x", more = {} } = {}): string {
  return JSON.stringify({
    Resources: {
      Maker: {
        Type: "AWS::Lambda::Function",
        Properties: { FunctionName: "maker", Role, Runtime, Handler: "index.handler", Timeout: 60, Code: { ZipFile } },
      },
      Made: {
        Type: "Custom::Thing",
        Properties: { ServiceToken: { "Fn::GetAtt": ["Maker", "Arn"] }, Size, ...more },
      },
      Out: { Type: "AWS::SQS::Queue", Properties: { QueueName: { "Fn::GetAtt": ["Made", "Name"] } } },
    },
  });
}

const call = (action: string, parameters: Record<string, string> = {}) =>
  cloudFormation().call(action, { StackName: "app", ...parameters });
const create = (TemplateBody: string) => call("CreateStack", { TemplateBody, "NotificationARNs.member.1": STACKS });
const statusOf = async () => {
  const { Stacks } = (await call("DescribeStacks")) as { Stacks: { member: XmlElement } };
  return Stacks.member.StackStatus;
};
const reasons = async () => {
  const { StackEvents } = (await call("DescribeStackEvents")) as unknown as {
    StackEvents: { member: readonly Record<string, string>[] };
  };
  return StackEvents.member
    .filter(({ ResourceStatus }) => ResourceStatus === "CREATE_FAILED")
    .map((event) => event.ResourceStatusReason);
};
const requests = async () =>
  (await emulator.invocations({ function: "maker" })).map(({ event }) => JSON.parse(event).RequestType);

/** By which ids the maker was asked that. */
const idsToldTo = async (type: string) => {
  await emulator.settled({ timeout: "1m" }); // functions end after they have answered
  const events = (await emulator.invocations({ function: "maker" })).map(({ event }) => JSON.parse(event));
  return events.filter(({ RequestType }) => RequestType === type).map(({ PhysicalResourceId }) => PhysicalResourceId);
};

/** Waits until the stack has told that it is so far. */
const untilIs = (status: string) => {
  const told = new RegExp(`LogicalResourceId='app'.*ResourceStatus='${status}'`);
  return emulator.queue("told").waitForMessage(told, { timeout: "1m" });
};

const ANSWERING = `
const response = require("cfn-response");
exports.handler = (event, context) =>
  response.send(event, context, response.SUCCESS, { Name: "size-" + event.ResourceProperties.Size }, "thing");`;

/** A maker that answers what it is asked in one kind of event, and does something else in others; nothing unless told. */
const inEventOf = (type: string, otherwise = "context.done()") => `
const response = require("cfn-response");
exports.handler = (event, context) => {
  if (event.RequestType === "${type}") response.send(event, context, response.SUCCESS);
  else ${otherwise};
};`;

const IN_PYTHON = `
import cfnresponse

def handler(event, context):
    cfnresponse.send(event, context, cfnresponse.SUCCESS, {"Name": "size-" + event["ResourceProperties"]["Size"]}, "thing")
`;

/** As the CDK's own makers do: by HTTPS, to the host and path of the URL. */
const BY_HTTPS = `
const https = require("https");
exports.handler = (event) => new Promise((resolve, reject) => {
  const { StackId, RequestId, LogicalResourceId, ResourceProperties: { Size } } = event;
  const answer = { Status: "SUCCESS", Reason: "made", PhysicalResourceId: "thing", Data: { Name: "size-" + Size } };
  const body = JSON.stringify({ StackId, RequestId, LogicalResourceId, ...answer });
  const { hostname, pathname, search } = new URL(event.ResponseURL);
  const headers = { "content-type": "", "content-length": Buffer.byteLength(body, "utf8") };
  const sent = https.request({ hostname, path: pathname + search, method: "PUT", headers }, (got) => {
    got.resume();
    got.statusCode < 400 ? resolve() : reject(new Error("answered " + got.statusCode));
  });
  sent.on("error", reject);
  sent.write(body);
  sent.end();
});`;

describe("a custom resource behind a function of the same stack", () => {
  test.for([
    { answers: "with cfn-response", code: ANSWERING, Runtime: "nodejs22.x" },
    { answers: "with cfnresponse of Python", code: IN_PYTHON, Runtime: "python3.13" },
    { answers: "by HTTPS, as makers of the CDK do", code: BY_HTTPS, Runtime: "nodejs22.x" },
  ])("whose maker answers $answers is made, changed and taken away", async ({ code, Runtime }) => {
    await create(stackOf(code, { Runtime }));
    await untilIs("CREATE_COMPLETE");
    expect(await emulator.queue("size-1").counts()).toMatchObject({ visible: 0 });
    await call("UpdateStack", { TemplateBody: stackOf(code, { Runtime, Size: 2 }) });
    await untilIs("UPDATE_COMPLETE");
    expect(await emulator.queue("size-2").counts()).toMatchObject({ visible: 0 });
    await call("DeleteStack");
    await untilIs("DELETE_COMPLETE");
    await emulator.settled({ timeout: "1m" }); // functions end after they have answered
    expect((await requests()).toSorted()).toEqual(["Create", "Delete", "Update"]); // in the order of their ends
    expect((await emulator.queues()).map(({ name }) => name)).toEqual(["told"]);
  });

  test("that its maker says failed is rolled back, with the maker's reason, and taken away by the id it was answered with", async () => {
    await create(
      stackOf(ANSWERING.replace("response.SUCCESS", "event.RequestType === 'Create' ? 'FAILED' : 'SUCCESS'")),
    );
    await untilIs("ROLLBACK_COMPLETE");
    expect(await idsToldTo("Delete")).toEqual(["thing"]);
    expect((await reasons()).join()).toMatch(
      /Received response status \[FAILED\] from custom resource\. Message returned: See the details/,
    );
  });

  test("that nobody answers for fails when its time is up by the account's clock", async () => {
    await create(stackOf(inEventOf("Delete"), { more: { ServiceTimeout: 120 } }));
    await emulator.clock().advance("119s"); // which waits for the function
    expect(await statusOf()).toBe("CREATE_IN_PROGRESS");
    await emulator.clock().advance("1s");
    await untilIs("ROLLBACK_COMPLETE");
    expect(await idsToldTo("Delete")).toEqual([expect.stringMatching(/^app-Made-\w{12}$/)]);
    expect((await reasons()).join()).toContain("did not receive a response from your Custom Resource");
  });

  test("that nobody answers for is asked to go when its stack is deleted meanwhile", async () => {
    await create(stackOf(inEventOf("Delete")));
    await emulator.clock().advance("1s"); // which waits for the function
    expect(await statusOf()).toBe("CREATE_IN_PROGRESS");
    await call("DeleteStack");
    await untilIs("DELETE_COMPLETE");
    expect(await idsToldTo("Delete")).toEqual([expect.stringMatching(/^app-Made-\w{12}$/)]);
    expect((await emulator.queues()).map(({ name }) => name)).toEqual(["told"]);
  });

  test("that nobody answers for is under way until its time is up, to which those go who let time pass until all is settled", async () => {
    await create(stackOf(inEventOf("Delete"), { more: { ServiceTimeout: 120 } }));
    const before = emulator.clock().now();
    await expect(emulator.settled({ within: "1m" })).rejects.toThrow(
      /^Not settled: there is 1 stack in progress\. The resource Made of stack app waits for an answer, until /,
    );
    expect(emulator.clock().now() - before).toBe(60_000);
    const [next] = await emulator.due({ limit: 1 });
    expect(next).toMatchObject({
      inSeconds: 60,
      kind: "stack-wait-ends",
      resource: expect.stringMatching(/:stack\/app\//),
      text: "the resource Made of stack app has waited for its answer for too long",
    });
    await emulator.settled({ within: "1h" });
    expect(await statusOf()).toBe("ROLLBACK_COMPLETE");
  });

  test("whose maker fails is asked for three times, as on AWS, and not waited for any longer", async () => {
    await create(stackOf(inEventOf("Delete", 'throw new RangeError("too far")')));
    await emulator.clock().advance("1m"); // which waits for the function
    expect(await statusOf()).toBe("CREATE_IN_PROGRESS");
    await emulator.clock().advance("2m");
    await untilIs("ROLLBACK_COMPLETE");
    await emulator.settled({ timeout: "1m" });
    expect(await requests()).toEqual(["Create", "Create", "Create", "Delete"]);
    expect((await reasons()).join()).toContain("function:maker failed: RangeError: too far");
  });

  test("whose maker cannot be loaded fails at once, and says why", async () => {
    await create(stackOf('require("@nowhere/sdk"); exports.handler = async () => {};'));
    await emulator.clock().advance("1ms"); // which waits for the function
    await untilIs("ROLLBACK_FAILED"); // since nothing can be asked to take it away
    expect((await reasons()).join()).toContain(
      "failed: Runtime.ImportModuleError: Error: Cannot find module '@nowhere/sdk'",
    );
  });
});
