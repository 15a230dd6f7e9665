import { cbor } from "@smithy/core/cbor";
import { expect, test } from "vitest";
import { anS3 } from "../support/s3.ts";

const inBase64 = (_name: string, value: unknown) =>
  value instanceof Uint8Array ? Buffer.from(value).toString("base64") : value;

/** Sends an operation in JSON, or in CBOR, to a service that has neither queues nor streams but those made here. */
function aWire(service: string, type: string, prefix: string) {
  const { send, ...rest } = anS3(service);
  const ask = (operation: string, input: object) =>
    send("POST /", {
      headers: { "content-type": type, "x-amz-target": `${prefix}.${operation}`, "x-amz-date": "20260101T000000Z" },
      body: type.includes("cbor") ? cbor.serialize(input) : JSON.stringify(input, inBase64),
    });
  return { ask, send, ...rest };
}

const refusal = (where: string, value = "'[null]' ", demands: readonly string[] = []) =>
  `1 validation error detected: Value ${value}at '${where}' failed to satisfy constraint: Member must satisfy constraint: [${[...demands, "Member must not be null"].join(", ")}]`;
const lengths = (max: number, min: number) => [
  `Member must have length less than or equal to ${max}`,
  `Member must have length greater than or equal to ${min}`,
];
const record = { Data: new Uint8Array([120]), PartitionKey: "k" };

test.for<[title: string, operation: string, input: object, text: string]>([
  ["the only record", "PutRecords", { StreamName: "s", Records: [null] }, refusal("records")],
  ["a record among others", "PutRecords", { StreamName: "s", Records: [record, null, record] }, refusal("records", "")],
  [
    "a key",
    "RemoveTagsFromStream",
    { StreamName: "s", TagKeys: ["a", null] },
    refusal("tagKeys", "'[a, null]' ", lengths(128, 1)),
  ],
  [
    "a handle",
    "AcknowledgeQueueRecords",
    { QueueARN: "arn:aws:kinesis:us-east-1:000000000000:queue/q:1", Entries: [null] },
    refusal("entries"),
  ],
])("Kinesis refuses null for %s, in JSON and in CBOR", async ([, operation, input, text]) => {
  for (const type of ["application/x-amz-json-1.1", "application/x-amz-cbor-1.1"]) {
    await using wire = aWire("kinesis", type, "Kinesis_20131202");
    expect((await wire.ask("CreateStream", { StreamName: "s", ShardCount: 1 })).status).toBe(200);
    const { status, text: body } = await wire.ask(operation, input);
    expect(status).toBe(400);
    expect(body).toContain("ValidationException");
    expect(body).toContain(text);
  }
});

test.for<[operation: string, input: object, parameter: string]>([
  ["SendMessageBatch", { Entries: [{ Id: "a", MessageBody: "a" }, null] }, "SendMessageBatchRequestEntry.2.Id"],
  ["DeleteMessageBatch", { Entries: [null] }, "DeleteMessageBatchRequestEntry.1.Id"],
  ["ChangeMessageVisibilityBatch", { Entries: [null] }, "ChangeMessageVisibilityBatchRequestEntry.1.Id"],
  ["UntagQueue", { TagKeys: [null] }, "TagKeys"],
  ["GetQueueAttributes", { AttributeNames: [null] }, "AttributeNames"],
  ["ReceiveMessage", { MessageAttributeNames: ["a", null] }, "MessageAttributeNames"],
  ["AddPermission", { Label: "l", AWSAccountIds: [null], Actions: ["SendMessage"] }, "AWSAccountIds"],
])("SQS takes null in a list of %s for a parameter that is missing", async ([operation, input, parameter]) => {
  await using wire = aWire("sqs", "application/x-amz-json-1.0", "AmazonSQS");
  const { QueueUrl } = JSON.parse((await wire.ask("CreateQueue", { QueueName: "q" })).text);
  const { status, text } = await wire.ask(operation, { QueueUrl, ...input });
  expect(status).toBe(400);
  expect(JSON.parse(text)).toEqual({
    __type: "com.amazon.coral.service#MissingRequiredParameterException",
    message: `The request must contain the parameter ${parameter}.`,
  });
});

test("Parameter Store and ECR refuse null in a list", async () => {
  await using parameters = aWire("ssm", "application/x-amz-json-1.1", "AmazonSSM");
  expect(JSON.parse((await parameters.ask("GetParameters", { Names: ["a", null] })).text).message).toBe(
    refusal("names", "'[a, null]' ", lengths(2048, 1)),
  );
  const tags = { ResourceType: "Parameter", ResourceId: "a", Tags: [null] };
  expect(JSON.parse((await parameters.ask("AddTagsToResource", tags)).text).message).toBe(refusal("tags"));
  await using registry = aWire("ecr", "application/x-amz-json-1.1", "AmazonEC2ContainerRegistry_V20150921");
  const repositories = await registry.ask("DescribeRepositories", { repositoryNames: [null] });
  expect(repositories.status).toBe(400);
  expect(JSON.parse(repositories.text).message).toContain("Member must not be null]");
});

test("Lambda refuses null in a list", async () => {
  await using wire = anS3("lambda");
  const body = { FunctionName: "f", Role: "arn:aws:iam::000000000000:role/run", Code: {}, Architectures: [null] };
  const { status, text } = await wire.send("POST /2015-03-31/functions", { body: JSON.stringify(body) });
  expect(status).toBe(400);
  expect(JSON.parse(text).message).toBe(
    refusal("architectures", "'[null]' ", ["Member must satisfy enum value set: [x86_64, arm64]"]),
  );
});

test.for([
  ["Tags", { Tags: { a: "b", c: null } }, "Value '{a=b, c=null}' at 'tags'"],
  ["variables", { Environment: { Variables: { a: null } } }, "at 'environment.variables'"],
] as const)("Lambda refuses null among %s", async ([, given, place]) => {
  await using wire = anS3("lambda");
  const body = { FunctionName: "f", Role: "arn:aws:iam::000000000000:role/run", Code: {}, ...given };
  const { status, text } = await wire.send("POST /2015-03-31/functions", { body: JSON.stringify(body) });
  expect(status).toBe(400);
  const { message } = JSON.parse(text);
  expect(message).toContain(`${place} failed to satisfy constraint: Map value must satisfy constraint: [`);
  expect(message).toMatch(/Member must not be null\]$/);
});
