import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { awsError } from "../../src/kernel/aws-error.ts";
import type { Call } from "../../src/service/service.ts";
import { aForm, aHandler, aJsonRequest, aRequest, type Behaviour, signedFor, sns, sqs } from "./services.ts";

const QueueDoesNotExist = awsError("QueueDoesNotExist", {
  queryCode: "AWS.SimpleQueueService.NonExistentQueue",
  message: () => "The specified queue does not exist.",
  queryMessage: () => "The specified queue does not exist for this wsdl version.",
});

const refusing: Behaviour = () => {
  throw new QueueDoesNotExist();
};

/** The call an operation saw. */
async function callOf(request: Parameters<ReturnType<typeof aHandler>["handle"]>[0]): Promise<Call> {
  const calls: Call[] = [];
  const { handle } = aHandler(sqs((_operation, _input, call) => void calls.push(call)));
  await handle(request).response;
  return calls[0]!;
}

describe("a request is taken to its operation and its answer back", () => {
  const echo: Behaviour = (operation, input) => ({ MessageId: `${operation} ${JSON.stringify(input)}` });

  test("in JSON", () => {
    const { handle } = aHandler(sqs(echo));
    const exchange = handle(aJsonRequest("SendMessage", '{"QueueUrl":"q","MessageBody":"b"}'));
    expect(exchange).toMatchObject({ service: "sqs", operation: "SendMessage", errorCode: undefined });
    expect(exchange.response).toEqual({
      status: 200,
      headers: { "content-type": "application/x-amz-json-1.0", "x-amzn-RequestId": exchange.requestId },
      body: JSON.stringify({ MessageId: 'SendMessage {"QueueUrl":"q","MessageBody":"b"}' }),
    });
  });

  test("in the Query format", () => {
    const { handle } = aHandler(sqs(echo));
    const exchange = handle(aForm({ Action: "SendMessage", QueueUrl: "q", MessageBody: "b" }));
    expect(exchange).toMatchObject({ service: "sqs", operation: "SendMessage", errorCode: undefined });
    expect(exchange.response).toMatchObject({
      status: 200,
      headers: { "content-type": "text/xml", "x-amzn-RequestId": exchange.requestId },
      body: expect.stringContaining("<MessageId>SendMessage {&quot;QueueUrl&quot;:&quot;q&quot;,"),
    });
  });

  test("at once when the operation answers at once, later when it waits", async () => {
    const { handle } = aHandler(sqs((operation) => (operation === "ReceiveMessage" ? Promise.resolve({}) : {})));
    expect(handle(aJsonRequest("SendMessage")).response).not.toBeInstanceOf(Promise);
    const later = handle(aJsonRequest("ReceiveMessage")).response;
    expect(later).toBeInstanceOf(Promise);
    expect(await later).toMatchObject({ status: 200, body: "{}" });
  });

  test("to the service that the request names", () => {
    const { handle } = aHandler(
      sqs(() => undefined),
      sns(() => ({ TopicArn: "arn" })),
    );
    expect(handle(aForm({ Action: "CreateTopic", Name: "t" }))).toMatchObject({
      service: "sns",
      response: { body: expect.stringContaining("<TopicArn>arn</TopicArn>") },
    });
  });

  test("in the namespace of the version that a Query client asks for", () => {
    const { handle } = aHandler(sqs(echo));
    const body = (Action: string, Version: string) => handle(aForm({ Action, Version })).response;
    const namespace = (version: string) => expect.stringContaining(`"http://queue.amazonaws.com/doc/${version}/"`);
    expect(body("SendMessage", "2012-11-05")).toMatchObject({ status: 200, body: namespace("2012-11-05") });
    expect(body("SendMessage", "2011-10-01")).toMatchObject({ status: 200, body: namespace("2011-10-01") });
    expect(body("Nonsense", "2011-10-01")).toMatchObject({ status: 400, body: namespace("2011-10-01") });
    expect(body("SendMessage", "1999-01-01")).toMatchObject({ status: 400, body: namespace("2012-11-05") });
  });

  test("each under a request id of its own", () => {
    const { handle } = aHandler(sqs());
    const ids = [1, 2, 3].map(() => handle(aJsonRequest("SendMessage")).requestId);
    expect(new Set(ids).size).toBe(3);
    expect(ids[0]).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
  });
});

describe("an operation knows of the request", () => {
  test("whose it is, and how it came", async () => {
    const request = aJsonRequest("SendMessage", "{}", {
      ...signedFor("sqs", "eu-west-1", "123456789012"),
      "x-one": "1",
    });
    const call = await callOf({ ...request, path: "/123456789012/orders" });
    expect(call).toMatchObject({
      scope: { partition: "aws", account: "123456789012", region: "eu-west-1" },
      dialect: "json",
      origin: "http://localhost:4566",
      path: "/123456789012/orders",
    });
    expect([call.header("x-one"), call.header("x-two")]).toEqual(["1", undefined]);
  });

  test("that it came in the Query format", async () => {
    expect(await callOf(aForm({ Action: "SendMessage" }))).toMatchObject({ dialect: "query" });
  });

  test("several lines of one header as one", async () => {
    const call = await callOf(aJsonRequest("SendMessage", "{}", { "x-many": ["a", "b"] }));
    expect(call.header("x-many")).toBe("a, b");
  });
});

describe("an error becomes an answer in the caller's format", () => {
  test.for([
    ["thrown", refusing],
    ["of one who waited", async () => refusing("", {}, {} as Call)],
  ] as const)("%s", async ([, behaviour]) => {
    const { handle, lines } = aHandler(sqs(behaviour));
    const json = handle(aJsonRequest("SendMessage"));
    expect(await json.response).toMatchObject({
      status: 400,
      headers: { "x-amzn-query-error": "AWS.SimpleQueueService.NonExistentQueue;Sender" },
      body: '{"__type":"com.amazonaws.sqs#QueueDoesNotExist","message":"The specified queue does not exist."}',
    });
    const query = handle(aForm({ Action: "SendMessage" }));
    expect(await query.response).toMatchObject({
      status: 400,
      body: expect.stringContaining(
        "<Message>The specified queue does not exist for this wsdl version.</Message><Detail/>",
      ),
    });
    expect([json.errorCode, query.errorCode]).toEqual(["QueueDoesNotExist", "QueueDoesNotExist"]);
    expect(lines).toEqual([]);
  });

  test.for([
    ["a body that cannot be read", aJsonRequest("SendMessage", "{"), 400, "SerializationException"],
    ["an operation we do not have", aJsonRequest("Nonsense"), 404, "UnknownOperationException"],
    ["an action we do not have", aForm({ Action: "Nonsense" }), 400, "InvalidAction"],
    ["a version we do not have", aForm({ Action: "SendMessage", Version: "1" }), 400, "NoSuchVersion"],
    [
      "a parameter of the wrong type",
      aForm({ Action: "SendMessage", DelaySeconds: "x" }),
      400,
      "SerializationException",
    ],
    ["a form that cannot be read", aRequest({ query: "Action=%" }), 400, "MalformedQueryString"],
  ] as const)("%s", ([, request, status, errorCode]) => {
    const { handle } = aHandler(sqs());
    expect(handle(request)).toMatchObject({ service: "sqs", errorCode, response: { status } });
  });

  test("another service's request is named in the log with what is served, and what to set", () => {
    const { handle } = aHandler(sqs(), sns());
    const request = aJsonRequest("DynamoDB_20120810.ListTables", "{}", signedFor("dynamodb", "eu-west-1"));
    expect(handle(request)).toMatchObject({
      service: "dynamodb",
      operation: "ListTables",
      scope: { account: "000000000000", region: "eu-west-1" },
      errorCode: "UnknownOperationException",
      errorMessage:
        "Waystation has no Amazon DynamoDB: point AWS_ENDPOINT_URL_DYNAMODB elsewhere. It serves Amazon SQS and Amazon SNS.",
    });
  });

  test.for([
    ["QueueUrl", '{"QueueUrl":"http://localhost:4566/000000000000/jobs"}', "http://localhost:4566/000000000000/jobs"],
    ["no member, but the path", "{}", "/000000000000/jobs"],
    ["a member of no use", '{"QueueUrl":""}', "/000000000000/jobs"],
  ])("what a request is about is told by %s", ([, body, expected]) => {
    const { handle } = aHandler(sqs());
    expect(handle({ ...aJsonRequest("AddPermission", body), path: "/000000000000/jobs" }).resource).toBe(expected);
  });

  test.for(["sqs", "sns"])("a form signed for %s that names no action is nobody's request", (service) => {
    const { handle } = aHandler(sqs(), sns());
    for (const headers of [{}, signedFor(service)]) {
      const { response } = handle(aForm({ TopicArn: "t", Message: "m" }, headers));
      expect(response).toMatchObject({ status: 404, body: "<UnknownOperationException/>" });
    }
  });

  test("nobody's request gets the answer of AWS's front ends", () => {
    const { handle } = aHandler(sqs());
    const exchange = handle(aRequest({ method: "GET", path: "/000000000000/orders" }));
    expect(exchange).toMatchObject({
      service: undefined,
      operation: undefined,
      errorCode: "UnknownOperationException",
    });
    expect(exchange.response).toEqual({
      status: 404,
      headers: { "x-amzn-RequestId": exchange.requestId },
      body: "<UnknownOperationException/>",
    });
  });
});

describe("our own mistakes", () => {
  const mistake = new TypeError("secret detail");
  const mistaken: Behaviour = () => {
    throw mistake;
  };

  test.for([
    ["thrown", mistaken],
    ["of one who waited", () => Promise.reject(mistake)],
  ] as const)("%s are internal failures whose cause is logged and kept off the wire", async ([, behaviour]) => {
    const { handle, lines } = aHandler(sqs(behaviour));
    for (const request of [aJsonRequest("SendMessage"), aForm({ Action: "SendMessage" })]) {
      const exchange = handle(request);
      const { status, headers, body } = await exchange.response;
      expect(status).toBe(500);
      expect(exchange.errorCode).toBe("InternalFailure");
      expect(JSON.stringify([headers, body])).toContain("InternalFailure");
      expect(JSON.stringify([headers, body])).not.toContain("secret");
      expect(lines.at(-1)).toEqual({
        level: "error",
        fields: { requestId: exchange.requestId, service: "sqs", operation: "SendMessage", err: mistake },
        text: "internal failure",
      });
    }
  });

  test("an answer that cannot be written is one of them", () => {
    const { handle, lines } = aHandler(sqs(() => ({ Messages: 5 })));
    expect(handle(aForm({ Action: "ReceiveMessage" })).response).toMatchObject({ status: 500 });
    expect(lines).toHaveLength(1);
  });
});

describe("what became of the caller", () => {
  test.for(["signal", "abortNotice"] as const)(
    "a caller who hangs up aborts the %s of an operation that waits",
    async (kind) => {
      const { handle } = aHandler(
        sqs((_operation, _input, { [kind]: signal }) => {
          return new Promise((resolve) => {
            signal.addEventListener("abort", () => resolve({}));
          });
        }),
      );
      const exchange = handle(aJsonRequest("ReceiveMessage"));
      exchange.abort();
      expect(await exchange.response).toMatchObject({ status: 200, body: "{}" });
    },
  );

  test.for(["signal", "abortNotice"] as const)(
    "the %s is aborted also for those who ask for it afterwards",
    async (kind) => {
      const calls: Call[] = [];
      const { handle } = aHandler(sqs((_operation, _input, call) => void calls.push(call)));
      const [early, late] = [handle(aJsonRequest("DeleteMessage")), handle(aJsonRequest("DeleteMessage"))];
      expect(calls[0]![kind].aborted).toBe(false);
      for (const exchange of [early, late]) exchange.abort();
      expect(calls.map((call) => call[kind].aborted)).toEqual([true, true]);
    },
  );

  test("an answer that is not delivered is made up for, once and in order", () => {
    const done: string[] = [];
    const { handle } = aHandler(
      sqs((_operation, _input, call) => {
        call.onUndelivered(() => done.push("first"));
        call.onUndelivered(() => done.push("second"));
      }),
    );
    const exchange = handle(aJsonRequest("DeleteMessage"));
    expect(done).toEqual([]);
    exchange.undelivered();
    exchange.undelivered();
    expect(done).toEqual(["first", "second"]);
  });

  test("an answer that is ready only after the caller has gone is made up for at once", async () => {
    const done: string[] = [];
    let answer: () => void = () => {};
    const { handle } = aHandler(
      sqs((_operation, _input, call) => {
        return new Promise((resolve) => {
          answer = () => {
            call.onUndelivered(() => done.push("late"));
            resolve({});
          };
        });
      }),
    );
    const exchange = handle(aJsonRequest("ReceiveMessage"));
    exchange.undelivered();
    expect(done).toEqual([]);
    answer();
    await exchange.response;
    expect(done).toEqual(["late"]);
  });

  test("nobody's request takes both in its stride", () => {
    const exchange = aHandler(sqs()).handle(aRequest({}));
    expect(() => [exchange.abort(), exchange.undelivered()]).not.toThrow();
  });
});

test("no request, however absurd, is without an answer", () => {
  const { handle, lines } = aHandler(
    sqs(),
    sns(() => ({ Successful: [], Failed: [] })),
  );
  const text = fc.string();
  const target = fc.constantFrom(undefined, "AmazonSQS.SendMessage", "AmazonSQS.", ".", "__proto__", "AmazonSQS.x.y");
  const type = fc.constantFrom(undefined, "application/x-amz-json-1.0", "application/x-www-form-urlencoded", ";");
  const authorization = fc.constantFrom(undefined, "", "Credential=", "Credential=////", "X Credential=a/b/c/sns/d,");
  const query = fc.oneof(
    text,
    text.map((value) => `Action=${value}`),
    fc.constant("Action=AddPermission&X-Amz-Credential=%"),
  );
  const headers = fc.record({ "x-amz-target": target, "content-type": type, authorization, host: text });
  const request = fc.record({
    method: fc.constantFrom("POST", "GET", "PATCH"),
    path: text,
    query,
    headers,
    body: text,
  });
  fc.assert(
    fc.property(request, (parts) => {
      expect(handle(aRequest(parts)).response).toMatchObject({ status: expect.toBeOneOf([200, 400, 404]) });
    }),
  );
  expect(lines).toEqual([]);
});
