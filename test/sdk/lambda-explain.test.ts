import { CreateEventSourceMappingCommand } from "@aws-sdk/client-lambda";
import { CreateQueueCommand, SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { expect, test } from "vitest";
import { ACCOUNT, arnOf } from "../support/lambda.ts";
import { aLambdaServer, lambdaClient } from "../support/lambda-server.ts";

test("a message is followed into the function that it was for", async () => {
  const handler = async ({ Records }: { readonly Records: readonly { readonly body?: string }[] }) => {
    if (Records.some(({ body }) => body === "bad")) throw new Error("no");
    return Records.length;
  };
  await using emulator = await aLambdaServer({ functions: { f: handler } });
  const credentials = { accessKeyId: ACCOUNT, secretAccessKey: "any" };
  const sqs = new SQSClient({ endpoint: emulator.endpoint, region: "us-east-1", credentials });
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: "q" }));
  const EventSourceArn = `arn:aws:sqs:us-east-1:${ACCOUNT}:q`;
  await lambdaClient(emulator).send(new CreateEventSourceMappingCommand({ FunctionName: "f", EventSourceArn }));
  const sent = await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: "bad" }));
  const other = await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: "good" }));
  await emulator.settled();
  const invoked = async (id: string) => {
    const { steps } = await emulator.explain(id);
    return steps.filter(({ kind }) => kind === "invoked");
  };
  const [own] = await emulator.invocations({ message: sent.MessageId! });
  expect(own).toMatchObject({
    cause: "mapping",
    source: EventSourceArn,
    messageIds: [sent.MessageId],
    outcome: "failed",
  });
  expect(await invoked(sent.MessageId!)).toEqual([
    expect.objectContaining({
      text: expect.stringMatching(/^The function f failed after \d+ ms: \{"errorType":"Error","errorMessage":"no"/),
      resource: arnOf("f"),
      related: own?.requestId,
    }),
  ]);
  expect(await invoked(other.MessageId!)).toEqual([
    expect.objectContaining({ text: expect.stringMatching(/^The function f answered 1 after \d+ ms\./) }),
  ]);
});
