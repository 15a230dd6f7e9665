import { expect, test } from "vitest";
import { createServices } from "../../src/app/modules/services.ts";
import { configFromOptions } from "../../src/app/settings/config.ts";
import { AwsError } from "../../src/kernel/aws-error.ts";
import { seededIds } from "../../src/kernel/ids.ts";
import { Clocks } from "../../src/kernel/time/clocks.ts";
import { silentLogger } from "../../src/server/log.ts";
import type { Service } from "../../src/service/service.ts";
import { bytesLeftBehind } from "../support/heap.ts";
import { loadedService } from "../support/loaded-service.ts";
import { START, stillTime } from "../support/queue.ts";
import { aCall, run } from "../support/service-call.ts";

const STRANGERS = 150;
/** What V8 takes for its own use, by the stranger: twice what was ever measured. What is kept of a stranger takes more. */
const NEXT_TO_NOTHING = 700;

const accountOf = (stranger: number): string => String(100_000_000_000 + stranger);

/** What names something that is not there, in every member that can name something. */
function inputFor(account: string): Readonly<Record<string, unknown>> {
  const topic = `arn:aws:sns:us-east-1:${account}:absent`;
  const stream = `arn:aws:kinesis:us-east-1:${account}:stream/absent`;
  return {
    QueueUrl: `http://localhost/${account}/absent`,
    QueueName: "absent",
    SourceArn: `arn:aws:sqs:us-east-1:${account}:absent`,
    TaskHandle: "absent",
    MessageBody: "text",
    TopicArn: topic,
    Message: "text",
    Token: "absent",
    SubscriptionArn: `${topic}:00000000-0000-4000-8000-000000000000`,
    PlatformApplicationArn: `arn:aws:sns:us-east-1:${account}:app/GCM/absent`,
    EndpointArn: `arn:aws:sns:us-east-1:${account}:endpoint/GCM/absent/00000000-0000-4000-8000-000000000000`,
    phoneNumber: "+15551234567",
    PhoneNumber: "+15551234567",
    StreamName: "absent",
    ResourceArn: topic,
    ResourceARN: stream,
    ConsumerARN: `${stream}/consumer/absent:1767323045`,
    ChannelARN: `arn:aws:kinesis:us-east-1:${account}:channel/00000000-0000-4000-8000-000000000000`,
    ShardId: "shardId-000000000000",
    ShardIteratorType: "LATEST",
    PartitionKey: "key",
    Data: new Uint8Array(1),
  };
}

/** The members of the input that the operation has. */
function membersOf(operation: { readonly input: { readonly members: object } }, input: object): object {
  return Object.fromEntries(Object.entries(input).filter(([name]) => name in operation.input.members));
}

async function askEverything(list: readonly Service[], account: string): Promise<void> {
  for (const service of list) {
    for (const [name, operation] of service.operations) {
      // What makes something without being told of anything that is there.
      if (/^(Create|Update|SetSMS|OptIn|Publish$)/.test(name)) continue;
      const dialect = service.model.id === "SNS" ? "query" : "json";
      const input = membersOf(operation as never, inputFor(account));
      const signal = AbortSignal.abort();
      try {
        await run(service, name, input, aCall({ account, dialect, signal }));
      } catch (cause) {
        if (!(cause instanceof AwsError)) throw cause;
      }
    }
  }
}

test.for(["relaxed", "aws"] as const)("strangers who only ask leave nothing behind in profile %s", async (profile) => {
  let now = START;
  const clocks = new Clocks({ now: () => now, at: () => () => {} });
  const parts = { clocks, ids: seededIds("questions"), log: silentLogger };
  const services = createServices(configFromOptions({ profile }), parts);
  const list = await Promise.all(services.list.map(loadedService));
  const left = await bytesLeftBehind(STRANGERS, (stranger) => {
    now += 1000;
    return askEverything(list, accountOf(stranger));
  });
  expect(left).toBeLessThan(NEXT_TO_NOTHING);
  expect(clocks.count).toBe(0);
  await services.close();
});

test("what was deleted leaves nothing behind of its account", async () => {
  const clocks = new Clocks(stillTime);
  const parts = { clocks, ids: seededIds("deleted"), log: silentLogger };
  const { list, close } = createServices(configFromOptions({}), parts);
  const [sqs, sns, kinesis] = await Promise.all(list.slice(0, 3).map(loadedService));
  const left = await bytesLeftBehind(STRANGERS, (stranger) => {
    const account = accountOf(stranger);
    const call = aCall({ account });
    run(sqs!, "CreateQueue", { QueueName: "queue" }, call);
    run(sqs!, "DeleteQueue", { QueueUrl: `http://localhost/${account}/queue` }, call);
    run(sns!, "CreateTopic", { Name: "topic" }, call);
    run(sns!, "DeleteTopic", { TopicArn: `arn:aws:sns:us-east-1:${account}:topic` }, call);
    const application = { Name: "app", Platform: "GCM", Attributes: { PlatformCredential: "key" } };
    const created = run(sns!, "CreatePlatformApplication", application, call);
    run(sns!, "DeletePlatformApplication", created as object, call);
    run(kinesis!, "CreateStream", { StreamName: "stream", ShardCount: 1 }, call);
    run(kinesis!, "DeleteStream", { StreamName: "stream" }, call);
  });
  expect(left).toBeLessThan(NEXT_TO_NOTHING);
  expect(clocks.count).toBe(0);
  await close();
});
