import { CreateEventSourceMappingCommand } from "@aws-sdk/client-lambda";
import { FunctionCaller } from "../lambda-server.ts";
import type { OpenConsole } from "./open-console.ts";

type Clients = Pick<OpenConsole, "sqs" | "sns" | "emulator" | "kinesis">;

const arn = (service: string, name: string): string => `arn:aws:${service}:us-east-1:000000000000:${name}`;

/** A shop: orders are published, billed and packed, what fails is a dead letter, and clicks are counted. */
export async function aWorld({ sqs, sns, kinesis, emulator }: Clients): Promise<void> {
  const queue = async (QueueName: string, Attributes: object = {}): Promise<string> =>
    (await sqs<{ readonly QueueUrl: string }>("CreateQueue", { QueueName, Attributes })).QueueUrl;
  const dead = await queue("orders-dead");
  const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: arn("sqs", "orders-dead"), maxReceiveCount: 3 });
  const orders = await queue("orders", { RedrivePolicy });
  await queue("billing", { RedrivePolicy });
  const packing = await queue("packing.fifo", { FifoQueue: "true", ContentBasedDeduplication: "true" });
  for (const Name of ["shop", "alarms"]) await sns({ Action: "CreateTopic", Name });
  const subscribe = (topic: string, Protocol: string, Endpoint: string, attributes: Record<string, string> = {}) => {
    const entries = Object.entries(attributes).flatMap(([key, value], at) => [
      [`Attributes.entry.${at + 1}.key`, key],
      [`Attributes.entry.${at + 1}.value`, value],
    ]);
    return sns({
      Action: "Subscribe",
      TopicArn: arn("sns", topic),
      Protocol,
      Endpoint,
      ...Object.fromEntries(entries),
    });
  };
  await subscribe("shop", "sqs", arn("sqs", "orders"), { RawMessageDelivery: "true" });
  await subscribe("shop", "sqs", arn("sqs", "billing"), {
    RawMessageDelivery: "true",
    FilterPolicy: JSON.stringify({ price: [{ numeric: [">=", 100] }] }),
  });
  await subscribe("alarms", "email", "ops@example.org");
  await subscribe("alarms", "sms", "+15551234567");
  await confirm(emulator, "ops@example.org");
  for (let order = 1; order <= 12; order++) {
    await sns({
      ...{ Action: "Publish", TopicArn: arn("sns", "shop"), Message: JSON.stringify({ order, items: ["tea", "cup"] }) },
      "MessageAttributes.entry.1.Name": "price",
      "MessageAttributes.entry.1.Value.DataType": "Number",
      "MessageAttributes.entry.1.Value.StringValue": String(order * 20),
    });
    await sqs("SendMessage", {
      QueueUrl: packing,
      MessageBody: `pack ${order}`,
      MessageGroupId: `customer-${order % 3}`,
    });
  }
  await sns({ Action: "Publish", TopicArn: arn("sns", "alarms"), Subject: "Disk is full", Message: "on host 7" });
  await sqs("SendMessage", { QueueUrl: dead, MessageBody: "<order>never understood</order>" });
  await sqs("SendMessage", { QueueUrl: orders, MessageBody: "later", DelaySeconds: 300 });
  for (const QueueUrl of [orders, packing]) await sqs("ReceiveMessage", { QueueUrl, MaxNumberOfMessages: 2 });
  await kinesis("CreateStream", { StreamName: "clicks", ShardCount: 2 });
  await emulator.clock().advance("1s");
  for (let click = 0; click < 20; click++) {
    const Data = Buffer.from(JSON.stringify({ page: `/tea/${click % 5}` })).toString("base64");
    await kinesis("PutRecord", { StreamName: "clicks", PartitionKey: `visitor-${click % 4}`, Data });
  }
  const shard = { StreamName: "clicks", ShardToSplit: "shardId-000000000001" };
  await kinesis("SplitShard", { ...shard, NewStartingHashKey: (3n * 2n ** 126n).toString() });
  await emulator.clock().advance("1s");
  await queue("parcels", { VisibilityTimeout: "90" });
  await aFunction(emulator);
  const fault = "service=sqs&operation=SendMessage&effect=throttle&probability=0.25";
  await fetch(`${emulator.endpoint}/_waystation/faults?${fault}`, { method: "POST" });
}

/** Weighs parcels, of which some are too heavy. */
const WEIGH = `exports.handler = async ({ Records = [], parcel }) => {
  console.log("weighing", parcel ?? Records.length);
  if (parcel?.kilograms > 30) throw new RangeError("too heavy");
  return { weighed: true };
};`;

async function aFunction(emulator: Clients["emulator"]): Promise<void> {
  const caller = new FunctionCaller(emulator);
  const named = { FunctionName: "weigh" };
  const Environment = { Variables: { SCALES: "two" } };
  const DeadLetterConfig = { TargetArn: arn("sqs", "orders-dead") };
  await caller.create(WEIGH, { ...named, Environment, DeadLetterConfig, Description: "Weighs parcels", Publish: true });
  const Filters = [{ Pattern: JSON.stringify({ body: { kilograms: [{ numeric: [">", 2] }] } }) }];
  const mapping = { ...named, EventSourceArn: arn("sqs", "parcels"), FilterCriteria: { Filters } };
  await caller.client.send(new CreateEventSourceMappingCommand(mapping));
  await caller.invoke({ parcel: { kilograms: 4 } }, named);
  await caller.invoke({ parcel: { kilograms: 40 } }, named);
}

/** Follows the link that a receiver was sent. */
async function confirm({ endpoint }: Clients["emulator"], to: string): Promise<void> {
  const response = await fetch(`${endpoint}/_waystation/outbox?to=${to}`);
  const { messages } = (await response.json()) as { readonly messages: readonly { readonly subscribeUrl: string }[] };
  for (const { subscribeUrl } of messages) await fetch(subscribeUrl);
}
