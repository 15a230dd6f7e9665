import type { Page } from "playwright-core";
import type { OpenConsole } from "./open-console.ts";

type Clients = Pick<OpenConsole, "sqs" | "sns" | "emulator" | "kinesis">;

/** A page of the console, and what it shows once it is there. */
interface KnownPage {
  readonly name: string;
  /** The fragment of its address. */
  readonly at: string;
  readonly shows: (page: Page) => Promise<unknown>;
}

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
  const subscribe = (topic: string, Protocol: string, Endpoint: string, policy?: object) =>
    sns({
      ...{ Action: "Subscribe", TopicArn: arn("sns", topic), Protocol, Endpoint },
      ...(policy && {
        "Attributes.entry.1.key": "FilterPolicy",
        "Attributes.entry.1.value": JSON.stringify(policy),
      }),
    });
  await subscribe("shop", "sqs", arn("sqs", "orders"));
  await subscribe("shop", "sqs", arn("sqs", "billing"), { price: [{ numeric: [">=", 100] }] });
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
}

/** Follows the link that a receiver was sent. */
async function confirm({ endpoint }: Clients["emulator"], to: string): Promise<void> {
  const response = await fetch(`${endpoint}/_waystation/outbox?to=${to}`);
  const { messages } = (await response.json()) as { readonly messages: readonly { readonly subscribeUrl: string }[] };
  for (const { subscribeUrl } of messages) await fetch(subscribeUrl);
}

/** Every page there is, in that world. */
export function pagesOf(): readonly KnownPage[] {
  const heading = (name: string) => (page: Page) =>
    page.getByRole("heading", { name, exact: true, level: 1 }).waitFor();
  const at = (page: string, name?: string): string =>
    name === undefined ? `#/000000000000/${page}` : `#/000000000000/${page}/us-east-1/${name}`;
  return [
    {
      name: "map",
      at: "#/000000000000",
      shows: (page) => page.locator(".map text").filter({ hasText: "orders-dead" }).waitFor(),
    },
    { name: "queues", at: at("queues"), shows: heading("Queues") },
    {
      name: "queue",
      at: at("queues", "orders"),
      shows: (page) => page.getByRole("table", { name: "Messages" }).waitFor(),
    },
    {
      name: "message",
      at: at("queues", "orders"),
      shows: async (page) => {
        await page.getByRole("tab", { name: "Messages" }).click();
        await page.getByRole("table", { name: "Messages" }).getByRole("button").first().click();
        await page.getByRole("region", { name: /^Message [0-9a-f-]{36}$/ }).waitFor();
      },
    },
    {
      name: "received",
      at: at("queues", "orders"),
      shows: async (page) => {
        await page.getByRole("tab", { name: "Receive" }).click();
        await page.getByRole("button", { name: "Receive up to ten" }).click();
        await page
          .getByText(/^ours until/)
          .first()
          .waitFor();
      },
    },
    {
      name: "fifo-queue",
      at: at("queues", "packing.fifo"),
      shows: (page) => page.getByText("customer-1").first().waitFor(),
    },
    {
      name: "no-queue",
      at: at("queues", "nothing"),
      shows: (page) => page.getByText("There is no queue nothing").waitFor(),
    },
    { name: "topics", at: at("topics"), shows: heading("Topics") },
    {
      name: "topic",
      at: at("topics", "shop"),
      shows: (page) => page.getByRole("table", { name: "Subscriptions" }).waitFor(),
    },
    { name: "outbox", at: at("outbox"), shows: (page) => page.getByText("Disk is full").waitFor() },
  ];
}
