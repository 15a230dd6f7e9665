import { expect, test } from "vitest";
import { aService, invalidParameter } from "../../support/sqs.ts";

// §6.4

const text = (StringValue: string) => ({ StringValue, DataType: "String" });

const TRACE = "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1";
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
  const MessageSystemAttributes = { AWSTraceHeader: text("Root=mine") };
  const headers = { "x-amzn-trace-id": TRACE };
  call("SendMessage", { QueueUrl, MessageBody: "hello", MessageSystemAttributes }, { headers });
  expect(receive(QueueUrl, receiveAll)).toMatchObject([{ Attributes: { AWSTraceHeader: "Root=mine" } }]);
});

test("a request header that is no trace header is ignored", () => {
  const { createQueue, call, receive } = aService();
  const QueueUrl = createQueue("orders");
  call("SendMessage", { QueueUrl, MessageBody: "hello" }, { headers: { "x-amzn-trace-id": "nonsense" } });
  expect(receive(QueueUrl, receiveAll)[0]?.Attributes).not.toHaveProperty("AWSTraceHeader");
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
  [
    "another value",
    { AWSTraceHeader: text("nonsense") },
    "Message (system) attribute 'AWSTraceHeader' must be a valid X-Ray trace header.",
  ],
])("a system attribute cannot have %s", ([, MessageSystemAttributes, message]) => {
  const { createQueue, failure } = aService();
  const input = { QueueUrl: createQueue("orders"), MessageBody: "hello", MessageSystemAttributes };
  expect(failure("SendMessage", input)).toEqual(invalidParameter(message));
});
