import { CreateTopicCommand, PublishCommand, SNSClient, SubscribeCommand } from "@aws-sdk/client-sns";
import { CreateQueueCommand, ListQueuesCommand, SQSClient } from "@aws-sdk/client-sqs";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type Emulator, startWaystation } from "../../src/index.ts";

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
