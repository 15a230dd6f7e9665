import { expect, test } from "vitest";
import { anSqsServer, COMMON, JSON_TYPE, jsonSuccess } from "../support/sqs-wire.ts";

// §2.4, §14.8, §14.9: JSON whose values are not of the types of the members they stand at.

const notString = (javaClass: string) => `class ${javaClass} can not be converted to an String`;
const NUMBER = notString("com.amazon.coral.value.json.numbers.TruncatingBigNumber");
const LIST = "Start of list found where not expected";
const OBJECT = "Start of structure or map found where not expected.";

test.for<[operation: string, body: string, text: string]>([
  ["CreateQueue", '{"QueueName":1}', NUMBER],
  ["CreateQueue", '{"QueueName":true}', notString("java.lang.Boolean")],
  ["CreateQueue", '{"QueueName":["a"]}', LIST],
  ["CreateQueue", '{"QueueName":{}}', OBJECT],
  ["CreateQueue", '{"QueueName":"a","Attributes":[]}', LIST],
  ["CreateQueue", '{"QueueName":"a","Attributes":"x"}', "Expected map or null"],
  ["CreateQueue", '{"QueueName":"a","Attributes":{"DelaySeconds":5}}', NUMBER],
  ["CreateQueue", '{"QueueName":"a","tags":{"a":{}}}', OBJECT],
  ["GetQueueUrl", '{"QueueName":"a","QueueOwnerAWSAccountId":123456789012}', NUMBER],
  ["GetQueueAttributes", '{"QueueUrl":1}', NUMBER],
  ["GetQueueAttributes", '{"QueueUrl":"none","AttributeNames":"All"}', "Expected list or null"],
  ["GetQueueAttributes", '{"QueueUrl":"none","AttributeNames":[[]]}', LIST],
  ["SetQueueAttributes", '{"QueueUrl":"none","Attributes":5}', "Expected map or null"],
  ["TagQueue", '{"QueueUrl":"none","Tags":{"a":1}}', NUMBER],
  ["UntagQueue", '{"QueueUrl":"none","TagKeys":{}}', OBJECT],
  ["AddPermission", '{"QueueUrl":"none","AWSAccountIds":[123456789012]}', NUMBER],
  ["ListQueues", '{"QueueNamePrefix":1}', NUMBER],
  ["ListQueues", '{"NextToken":{}}', OBJECT],
  ["ListQueues", '{"MaxResults":true}', "class java.lang.Boolean can not be converted to an Integer"],
  ["ListQueues", '{"MaxResults":"x"}', "class java.lang.String can not be converted to an Integer"],
  ["SendMessageBatch", '{"QueueUrl":"none","Entries":{}}', OBJECT],
  ["SendMessageBatch", '{"QueueUrl":"none","Entries":[[]]}', LIST],
])("a wrong type in %s of %s comes before everything else", async ([operation, body, text]) => {
  await using server = await anSqsServer();
  expect(await server.json(operation, body)).toEqual({
    status: 400,
    type: JSON_TYPE,
    queryError: "MalformedInput;Sender",
    body: JSON.stringify({ __type: `${COMMON}SerializationException`, Message: text }),
  });
});

test.for<[operation: string, body: string]>([
  ["CreateQueue", '{"QueueName":"orders","Attributes":null,"tags":null}'],
  ["CreateQueue", '{"QueueName":"orders","Attributes":{"VisibilityTimeout":null},"tags":{"a":null}}'],
  ["GetQueueUrl", '{"QueueName":"orders","QueueOwnerAWSAccountId":null}'],
])("in %s of %s null is as good as nothing", async ([operation, body]) => {
  await using server = await anSqsServer();
  const QueueUrl = server.url;
  expect(await server.json(operation, body)).toEqual(jsonSuccess(JSON.stringify({ QueueUrl })));
});
