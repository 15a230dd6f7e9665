import { SQSClient } from "@aws-sdk/client-sqs";
import { Consumer } from "sqs-consumer";
import { expect, test } from "vitest";
import { anEmulator } from "../support/emulator.ts";
import { jsonCaller } from "../support/sqs-callers.ts";

/** A queue with a consumer of the real package on it, which polls until the test ends. */
async function aConsumer(handle: (body: string) => void) {
  const emulator = await anEmulator();
  const { endpoint } = emulator;
  const caller = jsonCaller(endpoint);
  const { QueueUrl } = (await caller.call("CreateQueue", { QueueName: "jobs" })) as { QueueUrl: string };
  const sqs = new SQSClient({
    endpoint,
    region: "us-east-1",
    credentials: { accessKeyId: "test", secretAccessKey: "test" },
  });
  const consumer = Consumer.create({
    queueUrl: QueueUrl,
    sqs,
    batchSize: 10,
    handleMessage: async (message) => {
      handle(String(message.Body));
      return message;
    },
  });
  return {
    consumer,
    send: (MessageBody: string) => caller.call("SendMessage", { QueueUrl, MessageBody }),
    counts: async () => {
      const AttributeNames = ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"];
      return Object.values(
        (await caller.call("GetQueueAttributes", { QueueUrl, AttributeNames })).Attributes as object,
      );
    },
    async [Symbol.asyncDispose]() {
      const stopped = new Promise((resolve) => consumer.once("stopped", resolve));
      consumer.stop({ abort: true });
      await stopped;
      sqs.destroy();
      caller[Symbol.dispose]();
      await emulator.close();
    },
  };
}

test("sqs-consumer handles every message once and leaves the queue empty", async () => {
  const handled: string[] = [];
  await using jobs = await aConsumer((body) => handled.push(body));
  const bodies = Array.from({ length: 25 }, (_, index) => `job ${index}`);
  const processed = new Promise<void>((resolve) => {
    jobs.consumer.on("message_processed", () => {
      if (handled.length === bodies.length) resolve();
    });
  });
  const emptied = processed.then(() => new Promise((resolve) => jobs.consumer.once("response_processed", resolve)));
  jobs.consumer.start();
  await Promise.all(bodies.map((body) => jobs.send(body)));
  await emptied;
  expect(handled.sort()).toEqual(bodies.sort());
  expect(await jobs.counts()).toEqual(["0", "0"]);
});

test("a message that sqs-consumer fails on stays in flight until its visibility timeout ends", async () => {
  await using jobs = await aConsumer(() => {
    throw new Error("cannot handle this");
  });
  const failed = new Promise((resolve) => jobs.consumer.once("processing_error", resolve));
  jobs.consumer.start();
  await jobs.send("poison");
  await failed;
  expect(await jobs.counts()).toEqual(["0", "1"]);
});
