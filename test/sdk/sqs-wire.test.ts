import { expect, test } from "vitest";
import {
  anSqsServer,
  COMMON,
  JSON_TYPE,
  jsonFailure,
  jsonSuccess,
  OWN,
  type Refusal,
  xmlFailure,
  xmlSuccess,
} from "../support/sqs-wire.ts";

// §2: what SQS is asked in and answers in, byte for byte, the request's id aside.

test.for<[operation: string, input: string, output: string]>([
  ["ListQueues", '{"QueueNamePrefix":"x"}', "{}"],
  ["GetQueueAttributes", '{"QueueUrl":"orders"}', "{}"],
  ["GetQueueAttributes", '{"QueueUrl":"orders","AttributeNames":["Policy"]}', "{}"],
  [
    "GetQueueAttributes",
    '{"QueueUrl":"orders","AttributeNames":["QueueArn"]}',
    '{"Attributes":{"QueueArn":"arn:aws:sqs:us-east-1:000000000000:orders"}}',
  ],
  ["ListQueueTags", '{"QueueUrl":"orders"}', "{}"],
  ["ListDeadLetterSourceQueues", '{"QueueUrl":"orders"}', '{"queueUrls":[]}'],
  ["SetQueueAttributes", '{"QueueUrl":"orders","Attributes":{"DelaySeconds":"1"}}', ""],
  ["TagQueue", '{"QueueUrl":"orders","Tags":{"a":"b"}}', ""],
  ["UntagQueue", '{"QueueUrl":"orders","TagKeys":["a"]}', ""],
  ["PurgeQueue", '{"QueueUrl":"orders"}', ""],
  ["DeleteQueue", '{"QueueUrl":"orders"}', ""],
])("in JSON %s of %s answers with %s", async ([operation, input, output]) => {
  await using server = await anSqsServer();
  expect(await server.json(operation, input, "/000000000000/another")).toEqual(jsonSuccess(output));
});

test("in JSON CreateQueue, GetQueueUrl and ListQueues answer with URLs", async () => {
  await using server = await anSqsServer();
  const QueueUrl = server.url;
  for (const operation of ["CreateQueue", "GetQueueUrl"]) {
    expect(await server.json(operation, '{"QueueName":"orders"}')).toEqual(jsonSuccess(JSON.stringify({ QueueUrl })));
  }
  expect(await server.json("ListQueues", "{}")).toEqual(jsonSuccess(JSON.stringify({ QueueUrls: [QueueUrl] })));
});

test.for<[action: string, form: string, result: string]>([
  ["ListQueues", "QueueNamePrefix=x", "<ListQueuesResult/>"],
  ["GetQueueAttributes", "QueueUrl=orders", "<GetQueueAttributesResult/>"],
  [
    "GetQueueAttributes",
    "QueueUrl=orders&AttributeName.1=DelaySeconds&AttributeName.2=QueueArn",
    "<GetQueueAttributesResult><Attribute><Name>QueueArn</Name><Value>arn:aws:sqs:us-east-1:000000000000:orders</Value></Attribute><Attribute><Name>DelaySeconds</Name><Value>0</Value></Attribute></GetQueueAttributesResult>",
  ],
  ["ListQueueTags", "QueueUrl=orders", "<ListQueueTagsResult/>"],
  ["ListDeadLetterSourceQueues", "QueueUrl=orders", "<ListDeadLetterSourceQueuesResult/>"],
  ["SetQueueAttributes", "QueueUrl=orders&Attribute.1.Name=DelaySeconds&Attribute.1.Value=1", ""],
  ["SetQueueAttributes", "QueueUrl=orders&Attribute.Name=DelaySeconds&Attribute.Value=1", ""],
  ["TagQueue", "QueueUrl=orders&Tag.1.Key=a&Tag.1.Value=b+c", ""],
  ["TagQueue", "QueueUrl=orders&Tags.1.Key=a&Tags.1.Value=b", ""],
  ["UntagQueue", "QueueUrl=orders&TagKey.1=a", ""],
  ["AddPermission", "QueueUrl=orders&Label=l&AWSAccountId.1=123456789012&ActionName.1=SendMessage", ""],
  ["PurgeQueue", "QueueUrl=orders", ""],
  ["DeleteQueue", "QueueUrl=orders", ""],
])("in a form %s of %s answers with %s", async ([action, form, result]) => {
  await using server = await anSqsServer();
  expect(await server.post(`Action=${action}&${form}`)).toEqual(xmlSuccess(action, result));
});

test("in a form CreateQueue, GetQueueUrl and ListQueues answer with URLs", async () => {
  await using server = await anSqsServer();
  const url = `<QueueUrl>${server.url}</QueueUrl>`;
  for (const action of ["CreateQueue", "GetQueueUrl", "ListQueues"]) {
    const expected = xmlSuccess(action, `<${action}Result>${url}</${action}Result>`);
    expect(await server.post(`Action=${action}&QueueName=orders`)).toEqual(expected);
  }
});

test("a GET to the queue's own URL is as good as a POST", async () => {
  await using server = await anSqsServer();
  const query = "?Action=TagQueue&Tag.1.Key=a%20b&Tag.1.Value=c&Version=2012-11-05";
  expect(await server.get(query, "/000000000000/orders")).toEqual(xmlSuccess("TagQueue", ""));
  expect(await server.get(query, "/000000000000/orders/")).toEqual(xmlSuccess("TagQueue", ""));
  expect(await server.json("ListQueueTags", '{"QueueUrl":"orders"}')).toEqual(jsonSuccess('{"Tags":{"a b":"c"}}'));
});

test.for<[operation: string, input: Readonly<Record<string, string>>, refusal: Refusal]>([
  [
    "DeleteQueue",
    { QueueUrl: "other" },
    {
      shape: `${OWN}QueueDoesNotExist`,
      code: "AWS.SimpleQueueService.NonExistentQueue",
      message: "The specified queue does not exist.",
      queryMessage: "The specified queue does not exist for this wsdl version.",
    },
  ],
  [
    "ListQueues",
    { MaxResults: "1001" },
    {
      shape: `${COMMON}InvalidParameterValueException`,
      code: "InvalidParameterValue",
      message: "Value for parameter MaxResults is invalid. Reason: MaxResults must be an integer between 1 and 1000.",
    },
  ],
  [
    "GetQueueUrl",
    {},
    {
      shape: `${COMMON}MissingRequiredParameterException`,
      code: "MissingParameter",
      message: "The request must contain the parameter QueueName.",
    },
  ],
  [
    "DeleteMessage",
    { QueueUrl: "orders" },
    {
      shape: `${COMMON}MissingRequiredParameterException`,
      code: "MissingParameter",
      message: "The request must contain the parameter MessageHandle.",
    },
  ],
])("%s of %o is refused in the words of either protocol", async ([operation, input, refusal]) => {
  await using server = await anSqsServer();
  expect(await server.json(operation, JSON.stringify(input))).toEqual(jsonFailure(refusal));
  const form = new URLSearchParams({ Action: operation, ...input }).toString();
  expect(await server.post(form)).toEqual(xmlFailure(refusal));
});

test("a second purge within a minute is refused with 403, a new queue of a deleted one's name with 400", async () => {
  await using server = await anSqsServer();
  await server.json("PurgeQueue", '{"QueueUrl":"orders"}');
  const purging: Refusal = {
    shape: `${OWN}PurgeQueueInProgress`,
    code: "AWS.SimpleQueueService.PurgeQueueInProgress",
    message: "Only one PurgeQueue operation on orders is allowed every 60 seconds.",
    status: 403,
  };
  expect(await server.json("PurgeQueue", '{"QueueUrl":"orders"}')).toEqual(jsonFailure(purging));
  expect(await server.post("Action=PurgeQueue&QueueUrl=orders")).toEqual(xmlFailure(purging));
  await server.post("Action=DeleteQueue&QueueUrl=orders");
  const deleted: Refusal = {
    shape: `${OWN}QueueDeletedRecently`,
    code: "AWS.SimpleQueueService.QueueDeletedRecently",
    message: "You must wait 60 seconds after deleting a queue before you can create another with the same name.",
  };
  expect(await server.json("CreateQueue", '{"QueueName":"orders"}')).toEqual(jsonFailure(deleted));
  expect(await server.post("Action=CreateQueue&QueueName=orders")).toEqual(xmlFailure(deleted));
});

// Observed: not the order of the model, nor of the API reference.
test("sent messages and failed entries have their elements in AWS's order", async () => {
  await using server = await anSqsServer();
  const message = "MessageBody=x&MessageAttribute.1.Name=a&MessageAttribute.1.Value.DataType=String";
  const sent = await server.post(
    `Action=SendMessage&QueueUrl=orders&${message}&MessageAttribute.1.Value.StringValue=b`,
  );
  expect(elementsOf(sent.body, "SendMessageResult")).toEqual([
    "MessageId",
    "MD5OfMessageBody",
    "MD5OfMessageAttributes",
  ]);
  const entry = "SendMessageBatchRequestEntry.1";
  const { body } = await server.post(`Action=SendMessageBatch&QueueUrl=orders&${entry}.Id=a&${entry}.MessageBody=`);
  expect(elementsOf(body, "BatchResultErrorEntry")).toEqual(["Id", "Code", "Message", "SenderFault"]);
});

function elementsOf(xml: string, name: string): readonly string[] {
  const inside = xml.slice(xml.indexOf(`<${name}>`) + name.length + 2, xml.indexOf(`</${name}>`));
  return [...inside.matchAll(/<(\w+)>/g)].map(([, element = ""]) => element);
}

// What botocore makes of empty lists, and other clients of missing ones.
test.for<[form: string, code: string, message: string]>([
  [
    "Action=UntagQueue&QueueUrl=orders&TagKeys=",
    "InvalidParameterValue",
    "Tag keys must be between 1 and 128 characters in length.",
  ],
  ["Action=UntagQueue&QueueUrl=orders", "MissingParameter", "The request must contain the parameter TagKeys."],
  [
    "Action=AddPermission&QueueUrl=orders&Label=l&AWSAccountIds=&ActionName.1=SendMessage",
    "InvalidParameterValue",
    "Value [] for parameter PrincipalId is invalid. Reason: Unable to verify.",
  ],
  [
    "Action=AddPermission&QueueUrl=orders&Label=l&AWSAccountId.1=123456789012&Actions=",
    "MissingParameter",
    "The request must contain the parameter Actions.",
  ],
  ["Action=TagQueue&QueueUrl=orders&Tag=", "MissingParameter", "The request must contain the parameter Tags."],
  [
    "Action=SetQueueAttributes&QueueUrl=orders",
    "MissingParameter",
    "The request must contain the parameter Attribute.Name.",
  ],
  [
    "Action=SendMessageBatch&QueueUrl=orders&Entries=",
    "AWS.SimpleQueueService.EmptyBatchRequest",
    "There should be at least one SendMessageBatchRequestEntry in the request.",
  ],
])("the form %s is refused with %s", async ([form, code, message]) => {
  await using server = await anSqsServer();
  expect(await server.post(form)).toEqual(xmlFailure({ shape: "", code, message }));
});

const invalidAction = (action: string): Refusal => ({
  shape: "",
  code: "InvalidAction",
  message: `The action ${action} is not valid for this endpoint.`,
});

test.for<[action: string, path: string]>([
  ["CreateQueue", "/000000000000/orders"],
  ["ListQueues", "/000000000000/orders/"],
  ["SendMessage", "/"],
  ["PurgeQueue", "/anywhere"],
  ["Nonsense", "/"],
  ["Nonsense", "/000000000000/orders"],
])("a form for %s is in the wrong place at %s", async ([action, path]) => {
  await using server = await anSqsServer();
  expect(await server.post(`Action=${action}`, path)).toEqual(xmlFailure(invalidAction(action)));
});

test("an older version answers in its own namespace and lacks what came later", async () => {
  await using server = await anSqsServer();
  const ask = (action: string, version: string) =>
    server.get(`?Action=${action}&Version=${version}`, "/000000000000/orders");
  expect(await ask("DeleteMessageBatch", "2009-02-01")).toEqual(
    xmlFailure(invalidAction("DeleteMessageBatch"), "2009-02-01"),
  );
  expect(await ask("PurgeQueue", "2011-10-01")).toEqual(xmlFailure(invalidAction("PurgeQueue"), "2011-10-01"));
  expect(await ask("GetQueueAttributes", "2008-01-01")).toEqual(
    xmlSuccess("GetQueueAttributes", "<GetQueueAttributesResult/>", "2008-01-01"),
  );
});

test.for<[title: string, query: string, path: string]>([
  ["no action at a queue", "", "/000000000000/orders"],
  ["no action at no queue", "", "/orders"],
  ["an empty action", "?Action=&Version=2012-11-05", "/000000000000/orders"],
])("%s is answered without a protocol", async ([, query, path]) => {
  await using server = await anSqsServer();
  expect(await server.get(query, path)).toEqual({
    status: 404,
    type: null,
    queryError: null,
    body: "<UnknownOperationException/>",
  });
});

test("a target that names no operation is answered without a text", async () => {
  await using server = await anSqsServer();
  expect(await server.json("Nonsense", "{}")).toEqual({
    status: 404,
    type: JSON_TYPE,
    queryError: "InvalidAction;Sender",
    body: '{"__type":"com.amazon.coral.service#UnknownOperationException"}',
  });
});
