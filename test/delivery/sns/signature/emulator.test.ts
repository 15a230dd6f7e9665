import { X509Certificate } from "node:crypto";
import https from "node:https";
import { createRequire } from "node:module";
import { connect } from "node:tls";
import { CreateTopicCommand, PublishCommand, SNSClient, SubscribeCommand } from "@aws-sdk/client-sns";
import { CreateQueueCommand, ReceiveMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { afterEach, expect, test } from "vitest";
import { anEmulator } from "../../../support/emulator.ts";

type Validate = (message: unknown, done: (error: Error | null, message?: unknown) => void) => void;
const MessageValidator: new (hostPattern: RegExp) => { readonly validate: Validate } = createRequire(import.meta.url)(
  "sns-validator",
);

const usualAgent = https.globalAgent;

afterEach(() => {
  https.globalAgent = usualAgent;
});

/** An agent that trusts the certificate that the server on the port shows. */
function agentFor(port: number): Promise<https.Agent> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: "127.0.0.1", rejectUnauthorized: false }, () => {
      const ca = new X509Certificate(socket.getPeerCertificate().raw).toString();
      socket.destroy();
      resolve(new https.Agent({ ca }));
    });
    socket.on("error", reject);
  });
}

/** SNS and SQS clients that speak TLS to the emulator. */
function clients(port: number, httpsAgent: https.Agent) {
  const config = {
    endpoint: `https://localhost:${port}`,
    region: "us-east-1",
    credentials: { accessKeyId: "test", secretAccessKey: "test" },
    requestHandler: { httpsAgent },
  };
  return { sns: new SNSClient(config), sqs: new SQSClient(config) };
}

test.for(["1", "2"])(
  "a message published over TLS is validated with the certificate behind its link, version %s",
  async (version) => {
    await using emulator = await anEmulator({ tls: "self-signed" });
    const agent = await agentFor(emulator.port);
    const { sns, sqs } = clients(emulator.port, agent);
    const Attributes = { SignatureVersion: version };
    const { TopicArn = "" } = await sns.send(new CreateTopicCommand({ Name: "news", Attributes }));
    const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: "news" }));
    const Endpoint = TopicArn.replace(":sns:", ":sqs:");
    await sns.send(new SubscribeCommand({ TopicArn, Protocol: "sqs", Endpoint }));
    await sns.send(new PublishCommand({ TopicArn, Subject: "Grüße", Message: "zwei\nZeilen 🎉" }));
    const { Messages } = await sqs.send(new ReceiveMessageCommand({ QueueUrl }));
    https.globalAgent = agent;
    const valid = await new Promise((resolve, reject) => {
      const validator = new MessageValidator(/^localhost:\d+$/);
      validator.validate(Messages?.[0]?.Body, (error, message) => (error === null ? resolve(message) : reject(error)));
    });
    expect(valid).toMatchObject({ SignatureVersion: version, Subject: "Grüße", Message: "zwei\nZeilen 🎉" });
  },
);

test("links follow the configured template, and the certificate is still on the port", async () => {
  await using emulator = await anEmulator({ tls: "self-signed", snsUrl: "https://sns.{region}.amazonaws.com" });
  const { sns, sqs } = clients(emulator.port, await agentFor(emulator.port));
  const { TopicArn = "" } = await sns.send(new CreateTopicCommand({ Name: "news" }));
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: "news" }));
  await sns.send(new SubscribeCommand({ TopicArn, Protocol: "sqs", Endpoint: TopicArn.replace(":sns:", ":sqs:") }));
  await sns.send(new PublishCommand({ TopicArn, Message: "hello" }));
  const { Messages } = await sqs.send(new ReceiveMessageCommand({ QueueUrl }));
  const { SigningCertURL, UnsubscribeURL } = JSON.parse(Messages?.[0]?.Body ?? "");
  const origin = "https://sns.us-east-1.amazonaws.com/";
  expect([SigningCertURL, UnsubscribeURL].map((url: string) => url.startsWith(origin))).toEqual([true, true]);
  const certificate = await fetch(`http://127.0.0.1:${emulator.port}${new URL(SigningCertURL).pathname}`);
  expect(await certificate.text()).toContain("BEGIN CERTIFICATE");
});
