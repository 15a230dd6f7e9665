import { get } from "node:http";
import {
  CreatePlatformApplicationCommand,
  CreatePlatformEndpointCommand,
  CreateTopicCommand,
  PublishCommand,
  SNSClient,
  SubscribeCommand,
} from "@aws-sdk/client-sns";
import { CreateQueueCommand, ListQueuesCommand, SQSClient } from "@aws-sdk/client-sqs";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type Emulator, startWaystation } from "../../../src/index.ts";

let aws: Emulator;
beforeEach(async () => {
  aws = await startWaystation();
});
afterEach(() => aws.close());

async function ask(path: string, init?: RequestInit): Promise<{ status: number; body: Record<string, unknown> }> {
  const response = await fetch(`${aws.endpoint}${path}`, init);
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

describe("paths of LocalStack and moto", () => {
  test("tell health, version and that everything has been made", async () => {
    const services = { sqs: "running", sns: "running", kinesis: "running" };
    expect(await ask("/_localstack/health")).toMatchObject({ status: 200, body: { services, edition: "community" } });
    expect(await ask("/_localstack/info")).toMatchObject({ body: { edition: "community" } });
    const completed = { BOOT: true, START: true, READY: true, SHUTDOWN: false };
    expect(await ask("/_localstack/init")).toEqual({ status: 200, body: { completed, scripts: [] } });
    expect(await ask("/_localstack/init/ready")).toEqual({ status: 200, body: { completed: true, scripts: [] } });
    expect(await ask("/_localstack/init/steady")).toMatchObject({ status: 404 });
  });

  test.for([
    ["/_localstack/health", '"sqs": "running"'],
    ["/_localstack/health", '"sqs": "available"'],
    ["/_localstack/init/ready", '{"completed": true, "scripts": []}'],
    ["/_aws/sns/sms-messages", '{"sms_messages": {}, "region": "us-east-1"}'],
  ] as const)("%s has the text %s that scripts search for", async ([path, text]) => {
    expect(await (await fetch(`${aws.endpoint}${path}`)).text()).toContain(text);
  });

  test("that there are not are told with those that there are, and the wrong method with the right one", async () => {
    const lines: string[] = [];
    const logger = {
      isEnabled: () => true,
      log: (_level: string, _fields: object, text: string) => void lines.push(text),
    };
    await using emulator = await startWaystation({ logger });
    const asked = async (path: string, method: string) => {
      const response = await fetch(emulator.endpoint + path, { method });
      return [response.status, ((await response.json()) as { message: string }).message] as const;
    };
    const [status, message] = await asked("/_localstack/plugins", "GET");
    expect([status, message]).toEqual([404, expect.stringContaining("There is no /_localstack/plugins here.")]);
    expect(message).toContain("GET /_localstack/health, ");
    expect(message).toContain("GET /_aws/sqs/messages");
    const wrong = "/_localstack/state/reset takes POST, not GET.";
    expect(await asked("/_localstack/state/reset", "GET")).toEqual([405, wrong]);
    expect(await asked("/_localstack/health", "POST")).toEqual([405, "/_localstack/health takes GET, not POST."]);
    expect(lines.filter((line) => line.includes("/_localstack/"))).toHaveLength(3);
    expect(lines).toContain(wrong);
  });

  test.for(["/_localstack/state/reset", "/moto-api/reset"])("%s forgets everything", async (path) => {
    const sqs = aws.client(SQSClient);
    await sqs.send(new CreateQueueCommand({ QueueName: "jobs" }));
    expect(await ask(path, { method: "POST" })).toMatchObject({ status: 200 });
    expect((await sqs.send(new ListQueuesCommand({}))).QueueUrls).toBeUndefined();
  });

  test("show text messages by their receivers", async () => {
    await aws.client(SNSClient).send(new PublishCommand({ PhoneNumber: "+15551234567", Message: "hello" }));
    const { body } = await ask("/_aws/sns/sms-messages");
    expect(body).toMatchObject({
      region: "us-east-1",
      sms_messages: { "+15551234567": [{ PhoneNumber: "+15551234567", Message: "hello", TopicArn: null }] },
    });
    expect((await ask("/_aws/sns/sms-messages?phoneNumber=%2B1")).body.sms_messages).toEqual({ "+1": [] });
    expect((await ask("/_aws/sns/sms-messages?region=eu-west-1")).body.sms_messages).toEqual({});
  });

  test("forget text messages, all of a region or those to one number", async () => {
    const sns = aws.client(SNSClient);
    for (const PhoneNumber of ["+15551234567", "+15557654321"]) {
      await sns.send(new PublishCommand({ PhoneNumber, Message: "hello" }));
    }
    const numbers = async () => Object.keys((await ask("/_aws/sns/sms-messages")).body.sms_messages as object);
    const forget = async (query: string) =>
      (await fetch(`${aws.endpoint}/_aws/sns/sms-messages${query}`, { method: "DELETE" })).status;
    expect(await forget("?region=eu-west-1")).toBe(204);
    expect(await forget("?accountId=111111111111")).toBe(204);
    expect(await numbers()).toEqual(["+15551234567", "+15557654321"]);
    expect(await forget("?phoneNumber=+15551234567")).toBe(204);
    expect(await numbers()).toEqual(["+15557654321"]);
    expect(await forget("")).toBe(204);
    expect(await numbers()).toEqual([]);
  });

  test("show push notifications by their endpoints, and forget them", async () => {
    const sns = aws.client(SNSClient);
    const Attributes = { PlatformCredential: "key", PlatformPrincipal: "principal" };
    const application = { Name: "app", Platform: "GCM", Attributes };
    const { PlatformApplicationArn } = await sns.send(new CreatePlatformApplicationCommand(application));
    const arns: string[] = [];
    for (const Token of ["one", "two"]) {
      const { EndpointArn } = await sns.send(new CreatePlatformEndpointCommand({ PlatformApplicationArn, Token }));
      arns.push(EndpointArn!);
      await sns.send(new PublishCommand({ TargetArn: EndpointArn!, Message: "hello" }));
    }
    await sns.send(new PublishCommand({ PhoneNumber: "+15551234567", Message: "hello" }));
    const [one, two] = arns as [string, string];
    const path = "/_aws/sns/platform-endpoint-messages";
    const shown = (arn: string) => [{ TargetArn: arn, TopicArn: null, Message: expect.stringContaining("hello") }];
    expect((await ask(path)).body).toMatchObject({
      region: "us-east-1",
      platform_endpoint_messages: { [one]: shown(one), [two]: shown(two) },
    });
    expect((await ask(`${path}?endpointArn=${one}`)).body.platform_endpoint_messages).toEqual({
      [one]: [expect.objectContaining({ TargetArn: one })],
    });
    await fetch(`${aws.endpoint}${path}?endpointArn=${one}`, { method: "DELETE" });
    expect(Object.keys((await ask(path)).body.platform_endpoint_messages as object)).toEqual([two]);
    await fetch(`${aws.endpoint}${path}`, { method: "DELETE" });
    expect((await ask(path)).body.platform_endpoint_messages).toEqual({});
    expect((await ask("/_aws/sns/sms-messages")).body.sms_messages).toHaveProperty("+15551234567");
  });

  test("show the token of a subscription", async () => {
    const sns = aws.client(SNSClient);
    const { TopicArn } = await sns.send(new CreateTopicCommand({ Name: "news" }));
    const subscribe = { TopicArn, Protocol: "email", Endpoint: "me@example.com", ReturnSubscriptionArn: true };
    const { SubscriptionArn } = await sns.send(new SubscribeCommand(subscribe));
    expect(await ask(`/_aws/sns/subscription-tokens/${SubscriptionArn}`)).toMatchObject({
      status: 200,
      body: { subscription_arn: SubscriptionArn, subscription_token: expect.stringMatching(/^[0-9a-f]+$/) },
    });
    expect(await ask(`/_aws/sns/subscription-tokens/${TopicArn}:none`)).toMatchObject({ status: 404 });
  });

  test("are closed to pages of other sites", async () => {
    const headers = { origin: "https://example.com" };
    expect((await fetch(`${aws.endpoint}/_aws/sns/sms-messages`, { method: "DELETE", headers })).status).toBe(403);
    expect(await ask("/_localstack/state/reset", { method: "POST", headers })).toMatchObject({ status: 403 });
  });

  test("are refused where they would concern every account and the server refuses that", async () => {
    await using shared = await startWaystation({ requireAccount: true });
    expect((await fetch(`${shared.endpoint}/moto-api/reset`, { method: "POST" })).status).toBe(400);
  });
});

test.for([
  "http://sqs.eu-west-1.localhost.localstack.cloud:4566/000000000000/jobs",
  "http://eu-west-1.queue.localhost.localstack.cloud:4566/000000000000/jobs",
  "http://127.0.0.1:4566/queue/eu-west-1/000000000000/jobs",
])("a queue URL carries its region: %s", async (url) => {
  await aws.client(SQSClient, { region: "eu-west-1" }).send(new CreateQueueCommand({ QueueName: "jobs" }));
  const query = `Action=GetQueueAttributes&AttributeName.1=QueueArn&QueueUrl=${encodeURIComponent(url)}`;
  const response = await fetch(`${aws.endpoint}/?${query}`);
  expect(await response.text()).toContain("arn:aws:sqs:eu-west-1:000000000000:jobs");
});

test.for(["localhost.localstack.cloud:4566", "sns.eu-west-1.localhost.localstack.cloud:4566"])(
  "control routes and links that confirm subscriptions are served under %s",
  async (host) => {
    const created = await askAs(host, "/?Action=CreateTopic&Name=news");
    const [, TopicArn] = /<TopicArn>(.*)<\/TopicArn>/.exec(created.text) ?? [];
    const subscribe = `/?Action=Subscribe&TopicArn=${TopicArn}&Protocol=email&Endpoint=me%40example.com`;
    expect((await askAs(host, subscribe)).status).toBe(200);
    const outbox = await askAs(host, "/_waystation/outbox");
    const [{ subscribeUrl }] = (JSON.parse(outbox.text) as { messages: [{ subscribeUrl: string }] }).messages;
    expect(subscribeUrl).toMatch(new RegExp(`^http://${host}/\\?Action=ConfirmSubscription&`));
    const confirmed = await askAs(host, subscribeUrl.slice(`http://${host}`.length));
    expect(confirmed).toMatchObject({ status: 200, text: expect.stringContaining(`${TopicArn}:`) });
    expect((await askAs(host, "/_localstack/health")).status).toBe(200);
  },
);

/** Asks under another host's name, which `fetch` does not let one choose. */
function askAs(host: string, path: string): Promise<{ readonly status: number | undefined; readonly text: string }> {
  return new Promise((resolve, reject) => {
    get(`${aws.endpoint}${path}`, { headers: { host } }, async (response) => {
      resolve({ status: response.statusCode, text: (await response.toArray()).join("") });
    }).once("error", reject);
  });
}
