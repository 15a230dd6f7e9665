import { expect, test } from "vitest";
import { anSqsServer, COMMON, jsonFailure, xmlFailure, xmlSuccess } from "../support/sqs-wire.ts";

// §2.2: a Query request that accepts JSON is answered in JSON.

const JSON_PLEASE = { Accept: "application/json" };
const metadata = { ResponseMetadata: { RequestId: "ID" } };

/** A server, and what it answers to forms whose senders accept JSON. */
async function aServer() {
  const server = await anSqsServer();
  const post = async (form: string) => {
    const { status, type, body } = await server.post(form, "/", JSON_PLEASE);
    return { status, type, body: JSON.parse(body) as unknown };
  };
  return { ...server, post, postAccepting: (Accept: string, form: string) => server.post(form, "/", { Accept }) };
}

const success = (body: unknown) => ({ status: 200, type: "application/json", body });

test("messages are a list in lower case, and attributes a list of names and values", async () => {
  await using server = await aServer();
  const attribute = "MessageAttribute.1.Name=n&MessageAttribute.1.Value.DataType=String&MessageAttribute.1.Value";
  const sent = await server.post(
    `Action=SendMessage&QueueUrl=orders&MessageBody=%22hello%22&${attribute}.StringValue=v`,
  );
  expect(sent).toEqual(
    success({
      SendMessageResponse: {
        SendMessageResult: {
          MD5OfMessageBody: "5deaee1c1332199e5b5bc7c5e4f7f0c2",
          MD5OfMessageAttributes: expect.any(String),
          MD5OfMessageSystemAttributes: null,
          MessageId: expect.any(String),
          SequenceNumber: null,
        },
        ...metadata,
      },
    }),
  );
  const wished = "AttributeName.1=ApproximateReceiveCount&MessageAttributeName.1=All";
  expect(await server.post(`Action=ReceiveMessage&QueueUrl=orders&${wished}`)).toMatchObject(
    success({
      ReceiveMessageResponse: {
        ReceiveMessageResult: {
          messages: [
            {
              Body: '"hello"',
              Attributes: [{ Name: "ApproximateReceiveCount", Value: "1" }],
              MessageAttributes: [{ Name: "n", Value: { StringValue: "v", DataType: "String", BinaryValue: null } }],
            },
          ],
        },
        ...metadata,
      },
    }),
  );
  expect(await server.post("Action=ReceiveMessage&QueueUrl=orders")).toEqual(
    success({ ReceiveMessageResponse: { ReceiveMessageResult: { messages: null }, ...metadata } }),
  );
});

test("attributes of a queue are a list of names and values", async () => {
  await using server = await aServer();
  const Attributes = [{ Name: "DelaySeconds", Value: "0" }];
  expect(await server.post("Action=GetQueueAttributes&QueueUrl=orders&AttributeName.1=DelaySeconds")).toEqual(
    success({ GetQueueAttributesResponse: { GetQueueAttributesResult: { Attributes }, ...metadata } }),
  );
});

test("queues are listed, and an operation without a result has none", async () => {
  await using server = await aServer();
  expect(await server.post("Action=ListQueues")).toEqual(
    success({ ListQueuesResponse: { ListQueuesResult: { queueUrls: [server.url], NextToken: null }, ...metadata } }),
  );
  expect(await server.post("Action=DeleteQueue&QueueUrl=orders")).toEqual(success({ DeleteQueueResponse: metadata }));
});

test.for<[form: string, code: string, message: string]>([
  [
    "Action=GetQueueUrl&QueueName=absent",
    "AWS.SimpleQueueService.NonExistentQueue",
    "The specified queue does not exist for this wsdl version.",
  ],
  ["Action=SendMessage&QueueUrl=orders", "MissingParameter", "The request must contain the parameter MessageBody."],
  ["Action=Nonsense", "InvalidAction", "The action Nonsense is not valid for this endpoint."],
])("'%s' is refused in JSON", async ([form, Code, Message]) => {
  await using server = await aServer();
  const body = { Error: { Code, Message, Type: "Sender" }, RequestId: "ID" };
  expect(await server.post(form)).toEqual({ status: 400, type: "application/json", body });
});

test.for(["*/*", "text/xml", "text/html, */*", "text/xml, application/json", "application/jsonish-xml"])(
  "who accepts '%s' gets XML",
  async (accepted) => {
    await using server = await aServer();
    const expected = xmlSuccess("ListQueueTags", "<ListQueueTagsResult/>");
    expect(await server.postAccepting(accepted, "Action=ListQueueTags&QueueUrl=orders")).toEqual(expected);
  },
);

test.for(["application/json, text/plain, */*", "Application/JSON;q=0.9", "application/json, text/xml"])(
  "who accepts '%s' gets JSON",
  async (accepted) => {
    await using server = await aServer();
    const { type } = await server.postAccepting(accepted, "Action=ListQueueTags&QueueUrl=orders");
    expect(type).toBe("application/json");
  },
);

test("a GET is answered in JSON as well, but without Action in XML", async () => {
  await using server = await aServer();
  const get = (query: string) => server.get(query, "/000000000000/orders", JSON_PLEASE);
  expect(await get("?Action=ListQueueTags")).toMatchObject({ type: "application/json" });
  expect(await get("")).toMatchObject({ status: 404, body: "<UnknownOperationException/>" });
});

test("a trace header that cannot be read is refused in the words of either protocol", async () => {
  await using server = await anSqsServer();
  const refusal = {
    shape: `${COMMON}InvalidParameterValueException`,
    code: "InvalidParameterValue",
    message:
      "The request has a 'X-Amzn-Trace-Id' HTTP header which is reserved for AWS X-Ray trace header and has an invalid value 'Root=dummy'",
  };
  const headers = { "X-Amzn-Trace-Id": "Root=dummy" };
  expect(await server.json("GetQueueUrl", '{"QueueName":"orders"}', "/", headers)).toEqual(jsonFailure(refusal));
  expect(await server.post("Action=GetQueueUrl&QueueName=orders", "/", headers)).toEqual(xmlFailure(refusal));
});
