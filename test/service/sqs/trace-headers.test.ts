import { expect, test } from "vitest";
import { aService, invalidParameter } from "../../support/sqs.ts";

// §6.4

const text = (StringValue: string) => ({ StringValue, DataType: "String" });

const TRACE = "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1";
// Observed to be taken by AWS.
const OTHER = "Root=1-abc-def";
const receiveAll = { MessageSystemAttributeNames: ["All"] };

test("the trace header can be a system attribute, whose digest is answered", () => {
  const { createQueue, send, receive } = aService();
  const url = createQueue("orders");
  const sent = send(url, "hello", { MessageSystemAttributes: { AWSTraceHeader: text(TRACE) } });
  expect(sent.MD5OfMessageSystemAttributes).toBe("5ae4d5d7636402d80f4eb6d213245a88");
  expect(sent.MD5OfMessageAttributes).toBeUndefined();
  expect(receive(url, receiveAll)).toMatchObject([{ Attributes: { AWSTraceHeader: TRACE } }]);
});

test("the trace header can be a header of the request", () => {
  const { createQueue, call, receive } = aService();
  const QueueUrl = createQueue("orders");
  const headers = { "x-amzn-trace-id": TRACE };
  const sent = call("SendMessage", { QueueUrl, MessageBody: "hello" }, { headers });
  expect(sent).toMatchObject({ MD5OfMessageSystemAttributes: undefined });
  expect(receive(QueueUrl, receiveAll)).toMatchObject([{ Attributes: { AWSTraceHeader: TRACE } }]);
});

test("the system attribute beats the header of the request", () => {
  const { createQueue, call, receive } = aService();
  const QueueUrl = createQueue("orders");
  const MessageSystemAttributes = { AWSTraceHeader: text(OTHER) };
  const headers = { "x-amzn-trace-id": TRACE };
  call("SendMessage", { QueueUrl, MessageBody: "hello", MessageSystemAttributes }, { headers });
  expect(receive(QueueUrl, receiveAll)).toMatchObject([{ Attributes: { AWSTraceHeader: OTHER } }]);
});

/** Most of them, and the text, from reports of what AWS refused. */
const unreadable = [
  "Root=dummy;Parent=53995c3f42cd8ad8;Sampled=0",
  "dae04c7a-6a43-4d8c-9a86-6caac024711e",
  "Root%3D1-62e56f5b-2105bde31e64e9a03fa9407c%3BParent%3D7aec6ed908b9ae33%3BSampled%3D0",
  "1-5759e988-bd862e3fe1be46a994272793",
  "a=b",
  "Root=1-5759e988",
  "Root=1-5759e988-xyz",
  "Root=2-5759e988-bd862e3fe1be46a994272793",
  "Uproot=1-5759e988-bd862e3fe1be46a994272793",
  "Root=1-5759e988-bd862e3fe1be46a994272793;Parent",
];

test.for(unreadable)("a request is refused whose trace header is '%s', whatever the operation", (header) => {
  const { createQueue, failure, attributesOf } = aService();
  const QueueUrl = createQueue("orders");
  const message = `The request has a 'X-Amzn-Trace-Id' HTTP header which is reserved for AWS X-Ray trace header and has an invalid value '${header}'`;
  const headers = { "x-amzn-trace-id": header };
  const MessageSystemAttributes = { AWSTraceHeader: text(TRACE) };
  for (const [operation, input] of [
    ["GetQueueUrl", { QueueName: "orders" }],
    ["CreateQueue", { QueueName: "other" }],
    ["SendMessage", { QueueUrl, MessageBody: "hello", MessageSystemAttributes }],
    ["SendMessageBatch", { QueueUrl, Entries: [{ Id: "a", MessageBody: "hello" }] }],
    ["DeleteQueue", { QueueUrl }],
  ] as const) {
    expect(failure(operation, input, { headers })).toEqual(invalidParameter(message));
  }
  expect(attributesOf(QueueUrl).ApproximateNumberOfMessages).toBe("0");
});

test.for([
  "Root=1-abc-def",
  "Self=1-67891234-12456789abcdef012345678;Root=1-67891233-abcdef012345678912345678",
  "Root=1-67891233-abcdef012345678912345678;Parent=53995c3f42cd8ad8;Sampled=?;Lineage=a87bd80c:1|68fd508a:5;x=YQ==",
  "Sampled=1; Root=1-67891233-ABCDEF012345678912345678;",
])("'%s' is a trace header", (header) => {
  const { createQueue, call, receive } = aService();
  const QueueUrl = createQueue("orders");
  call("SendMessage", { QueueUrl, MessageBody: "hello" }, { headers: { "x-amzn-trace-id": header } });
  expect(receive(QueueUrl, receiveAll)).toMatchObject([{ Attributes: { AWSTraceHeader: header } }]);
});

test("an empty request header is none", () => {
  const { createQueue, call, receive } = aService();
  const QueueUrl = createQueue("orders");
  call("SendMessage", { QueueUrl, MessageBody: "hello" }, { headers: { "x-amzn-trace-id": "" } });
  expect(receive(QueueUrl, receiveAll)[0]?.Attributes).not.toHaveProperty("AWSTraceHeader");
});

test.for(unreadable)("the system attribute cannot be '%s', which fails its entry of a batch alone", (header) => {
  const { createQueue, call, failure } = aService();
  const QueueUrl = createQueue("orders");
  const message = "Message (system) attribute 'AWSTraceHeader' must be a valid X-Ray trace header.";
  const MessageSystemAttributes = { AWSTraceHeader: text(header) };
  expect(failure("SendMessage", { QueueUrl, MessageBody: "hello", MessageSystemAttributes })).toEqual(
    invalidParameter(message),
  );
  const Entries = [
    { Id: "good", MessageBody: "hello" },
    { Id: "bad", MessageBody: "hello", MessageSystemAttributes },
  ];
  expect(call("SendMessageBatch", { QueueUrl, Entries })).toMatchObject({
    Successful: [{ Id: "good" }],
    Failed: [{ Id: "bad", SenderFault: true, Code: "InvalidParameterValue", Message: message }],
  });
});

// The texts are ours.
test.for<[title: string, attributes: object, message: string]>([
  ["another name", { Colour: text("red") }, "Message system attribute name 'Colour' is not supported."],
  [
    "another type",
    { AWSTraceHeader: { BinaryValue: new Uint8Array(1), DataType: "Binary" } },
    "The type of message (system) attribute 'AWSTraceHeader' is invalid. You must use only the following supported type prefixes: String.",
  ],
  [
    "no value",
    { AWSTraceHeader: { DataType: "String" } },
    "Message (system) attribute 'AWSTraceHeader' must contain a non-empty value of type 'String'.",
  ],
])("a system attribute cannot have %s", ([, MessageSystemAttributes, message]) => {
  const { createQueue, failure } = aService();
  const input = { QueueUrl: createQueue("orders"), MessageBody: "hello", MessageSystemAttributes };
  expect(failure("SendMessage", input)).toEqual(invalidParameter(message));
});
