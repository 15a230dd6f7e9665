import { describe, expect, test } from "vitest";
import { structure } from "../../../src/model/shape.ts";
import type { WireRequest } from "../../../src/protocol/protocol.ts";
import { createRouter } from "../../../src/server/route/route.ts";
import type { Service } from "../../../src/service/service.ts";
import { aForm, aJsonRequest, aRequest, aService, kinesis, signedFor, sns, sqs } from "../services.ts";

const EVERYTHING = [sqs(), sns(), kinesis()];

/** Where a request goes, in one line: service, format, operation, and the error if it fails. */
function destination(request: WireRequest, services: readonly Service[] = EVERYTHING): string {
  const route = createRouter(services)(request);
  if (route.kind === "unrecognised") return "nowhere";
  if (route.kind === "about") return "the front door";
  if (route.kind === "foreign") return `not ours: ${route.service.id} ${route.format.kind} ${route.operation}`;
  if (route.kind === "refused") return `${route.service.model.id} refuses ${route.errorCode}`;
  const { service, protocol, operationName } = route;
  const error = route.kind === "failure" ? ` ${route.error.queryCode}` : "";
  return `${service.model.id} ${protocol.name} ${operationName}${error}`;
}

describe("a target in a header names a JSON operation", () => {
  test.for([
    ["AmazonSQS.SendMessage", "sqs awsJson1_0 SendMessage"],
    ["AmazonSQS.Nonsense", "sqs awsJson1_0 Nonsense InvalidAction"],
    ["AmazonSQS.sendmessage", "sqs awsJson1_0 sendmessage InvalidAction"],
    ["AmazonSQS.__proto__", "sqs awsJson1_0 __proto__ InvalidAction"],
    ["AmazonSQS.", "sqs awsJson1_0  InvalidAction"],
    ["AmazonSQS", "sqs awsJson1_0 undefined InvalidAction"],
    ["SendMessage", "nowhere"],
    ["", "nowhere"],
    ["DynamoDB_20120810.ListTables", "not ours: dynamodb json ListTables"],
    ["AWSEvents.PutEvents", "not ours: events json PutEvents"],
  ] as const)("%s goes to: %s", ([target, expected]) => {
    const headers = { "x-amz-target": target, "content-type": "application/x-amz-json-1.0" };
    expect(destination(aRequest({ headers }))).toBe(expected);
  });

  test("an unknown operation is answered with status 404", () => {
    const route = createRouter(EVERYTHING)(aJsonRequest("Nonsense"));
    expect(route).toMatchObject({ error: { shape: "UnknownOperationException", status: 404 } });
  });

  test("an unknown target signed for a service of ours is that service's to refuse", () => {
    expect(destination(aJsonRequest("Other.SendMessage", "{}", signedFor("sqs")))).toBe(
      "sqs awsJson1_0 SendMessage InvalidAction",
    );
  });

  test("the target counts more than what the request is signed for, and than an action", () => {
    const request = aJsonRequest("SendMessage", "{}", signedFor("sns"));
    expect(destination({ ...request, query: "Action=Publish" })).toBe("sqs awsJson1_0 SendMessage");
  });

  test.for([
    ["application/x-amz-json-1.0", "sqs awsJson1_0 SendMessage"],
    ["Application/X-Amz-JSON-1.0; charset=utf-8", "sqs awsJson1_0 SendMessage"],
    ["application/json", "sqs awsJson1_0 SendMessage"],
    ["application/x-amz-json-1.1", "sqs awsJson1_0 SendMessage"],
    [undefined, "sqs awsJson1_0 SendMessage"],
    ["text/plain", "nowhere"],
    ["application/x-www-form-urlencoded", "nowhere"],
    ["application/x-amz-json-1.0asdf", "nowhere"],
  ] as const)("with the content type %s it goes to: %s", ([type, expected]) => {
    expect(destination(aJsonRequest("SendMessage", "{}", { "content-type": type }))).toBe(expected);
  });

  test.for(["/", "/000000000000/orders", "/any/path"])("the path %s makes no difference", (path) => {
    expect(destination({ ...aJsonRequest("SendMessage"), path })).toBe("sqs awsJson1_0 SendMessage");
  });

  test.for(["GET", "PUT", "DELETE", "OPTIONS"])("%s is not a method of JSON", (method) => {
    expect(destination({ ...aJsonRequest("SendMessage"), method })).toBe("nowhere");
  });

  test("a service without a JSON format has no targets", () => {
    expect(destination(aJsonRequest("undefined.CreateTopic"))).toBe("nowhere");
  });
});

describe("an action in a form names a Query operation", () => {
  test.for([
    ["SendMessage", "2012-11-05", "sqs awsQuery SendMessage"],
    ["SendMessage", "2011-10-01", "sqs awsQuery SendMessage"],
    ["SendMessage", undefined, "sqs awsQuery SendMessage"],
    ["CreateTopic", "2010-03-31", "sns awsQuery CreateTopic"],
    ["CreateTopic", undefined, "sns awsQuery CreateTopic"],
    ["AddPermission", "2012-11-05", "sqs awsQuery AddPermission"],
    ["AddPermission", "2011-10-01", "sqs awsQuery AddPermission InvalidAction"],
    ["AddPermission", "2010-03-31", "sns awsQuery AddPermission"],
    ["SendMessage", "2010-03-31", "sns awsQuery SendMessage InvalidAction"],
    ["SendMessage", "1999-01-01", "sqs awsQuery SendMessage NoSuchVersion"],
    ["CreateTopic", "1999-01-01", "sns awsQuery CreateTopic InvalidAction"],
    ["Nonsense", "2012-11-05", "sqs awsQuery Nonsense InvalidAction"],
    ["Nonsense", undefined, "sqs awsQuery Nonsense InvalidAction"],
    ["__proto__", undefined, "sqs awsQuery __proto__ InvalidAction"],
    ["sendmessage", "2012-11-05", "sqs awsQuery sendmessage InvalidAction"],
  ] as const)("%s of version %s goes to: %s", ([Action, Version, expected]) => {
    expect(destination(aForm(Version === undefined ? { Action } : { Action, Version }))).toBe(expected);
  });

  test.for([
    ["POST", "/"],
    ["POST", "/000000000000/orders"],
    ["POST", "/any/path"],
    ["GET", "/"],
    ["GET", "/000000000000/orders"],
  ] as const)("in the query string of a %s to %s", ([method, path]) => {
    const query = "Action=CreateQueue&Version=2012-11-05&QueueName=orders";
    expect(destination(aRequest({ method, path, query }))).toBe("sqs awsQuery CreateQueue");
  });

  test.for([
    [{ Action: "InvalidOne" }, 400, "The action InvalidOne is not valid for this endpoint."],
    [{ Action: "SendMessage", Version: "2000-01-01" }, 400, "The requested version (2000-01-01) is not valid."],
  ] as const)("%o is refused with status %d: %s", ([parameters, status, message]) => {
    expect(createRouter([sqs()])(aForm(parameters))).toMatchObject({ error: { status, message } });
  });

  test.for([
    [{ Action: "Nonsense" }, "no Nonsense in undefined"],
    [{ Action: "Nonsense", Version: "2010-03-31" }, "no Nonsense in 2010-03-31"],
    [{ Action: "CreateTopic", Version: "2000-01-01" }, "no CreateTopic in 2000-01-01"],
  ] as const)("a service with words of its own refuses %o: %s", ([parameters, message]) => {
    expect(createRouter([sns()])(aForm(parameters))).toMatchObject({
      error: { queryCode: "InvalidAction", status: 400, message },
    });
  });

  test.for([
    ["no parameters", aForm({})],
    ["no action", aForm({ Version: "2012-11-05", QueueUrl: "x" })],
    ["an empty action", aForm({ Action: "" })],
    ["an action in a body of another type", aForm({ Action: "SendMessage" }, { "content-type": "text/plain" })],
    ["nothing but a path", aRequest({ method: "GET", path: "/000000000000/orders" })],
    ["JSON without a target", aRequest({ body: "{}", headers: { "content-type": "application/json" } })],
    ["another method", { ...aForm({ Action: "SendMessage" }), method: "PUT" }],
    ["no action, but a signature", aForm({}, signedFor("sqs"))],
  ] as const)("%s is for nobody", ([, request]) => {
    expect(destination(request)).toBe("nowhere");
  });

  test("a malformed form is refused by the service it is signed for", () => {
    const form = aRequest({ query: "Action=%zz", headers: signedFor("sns") });
    expect(destination(form)).toBe("sns awsQuery undefined MalformedQueryString");
    expect(destination({ ...form, headers: {} })).toBe("sqs awsQuery undefined MalformedQueryString");
  });
});

describe("services that share an action are told apart", () => {
  const parameters = { Action: "AddPermission" };

  test.for([
    ["by the signature", aForm(parameters, signedFor("sns")), "sns"],
    [
      "by the signature rather than the version",
      aForm({ ...parameters, Version: "2012-11-05" }, signedFor("sns")),
      "sns",
    ],
    [
      "by a signature in the query string",
      { ...aForm(parameters), query: "X-Amz-Credential=AKID%2F20250101%2Fus-east-1%2Fsns%2Faws4_request" },
      "sns",
    ],
    [
      "by the version rather than the host",
      aForm({ ...parameters, Version: "2010-03-31" }, { host: "sqs.us-east-1.amazonaws.com" }),
      "sns",
    ],
    ["by the host", aForm(parameters, { host: "sns.eu-west-1.amazonaws.com" }), "sns"],
    ["by the host with a port", aForm(parameters, { host: "sns.eu-west-1.localhost:4566" }), "sns"],
    ["by an older form of the host", aForm(parameters, { host: "eu-west-1.queue.amazonaws.com" }), "sqs"],
    ["by which of them takes what is unaddressed, when nothing else is known", aForm(parameters), "sqs"],
  ] as const)("%s", ([, request, expected]) => {
    expect(destination(request)).toMatch(new RegExp(`^${expected} awsQuery AddPermission`));
  });

  test("an action that only one service has goes there whatever the host", () => {
    expect(destination(aForm({ Action: "CreateTopic" }, { host: "queue.local:4566" }))).toBe(
      "sns awsQuery CreateTopic",
    );
  });

  test("an unknown action is refused by the service the host names", () => {
    const request = aForm({ Action: "Nonsense" }, { host: "sns.eu-west-1.amazonaws.com" });
    expect(destination(request)).toBe("sns awsQuery Nonsense InvalidAction");
  });

  test("an unknown action signed for a service we do not have is that service's", () => {
    expect(destination(aForm({ Action: "ListUsers", Version: "2010-05-08" }, signedFor("iam")))).toBe(
      "not ours: iam query ListUsers",
    );
  });

  test("an action of ours signed for a service we do not have is answered all the same", () => {
    expect(destination(aForm({ Action: "SendMessage" }, signedFor("execute-api")))).toBe("sqs awsQuery SendMessage");
  });
});

describe("a request for a service that is not served is told apart from ours", () => {
  const at = (method: string, path: string, service?: string, headers: WireRequest["headers"] = {}): WireRequest =>
    aRequest({ method, path, headers: { host: "localhost:4566", ...headers, ...(service && signedFor(service)) } });

  test.for([
    ["by its version", aForm({ Action: "CreateUser", Version: "2010-05-08" }), "iam query CreateUser"],
    [
      "by its version, when the action is one of ours, too",
      aForm({ Action: "AddPermission", Version: "2011-01-01" }),
      "autoscaling query AddPermission",
    ],
    ["by its signature", aForm({ Action: "AddPermission" }, signedFor("lambda")), "lambda query AddPermission"],
    ["by version and signature", aForm({ Action: "RunInstances", Version: "2016-11-15" }), "ec2 ec2 RunInstances"],
    ["by its path", at("GET", "/bucket", "s3"), "s3 s3 undefined"],
    ["by its host", at("GET", "/bucket/key", undefined, { host: "b.s3.eu-west-1.localhost" }), "s3 s3 undefined"],
    [
      "by what it is signed for",
      at("POST", "/2015-03-31/functions/f/invocations", "lambda"),
      "lambda rest-json undefined",
    ],
    ["whoever it is", at("GET", "/models", "bedrock"), "bedrock rest-json undefined"],
    ["by a target", aJsonRequest("Logs_20140328.PutLogEvents", "{}", signedFor("logs")), "logs json PutLogEvents"],
    [
      "by a target, in the type of Kinesis",
      aJsonRequest("AWSEvents.PutEvents", "{}", { "content-type": "application/x-amz-json-1.1" }),
      "events json PutEvents",
    ],
    [
      "by a path of CBOR",
      at("POST", "/service/GraniteServiceVersion20100801/operation/ListMetrics", "monitoring", {
        "content-type": "application/cbor",
      }),
      "monitoring cbor ListMetrics",
    ],
  ] as const)("%s", ([, request, expected]) => {
    expect(destination(request)).toBe(`not ours: ${expected}`);
  });

  test.for([
    ["signed for one of ours", at("GET", "/bucket", "sqs"), "nowhere"],
    [
      "with a version that nobody has",
      aForm({ Action: "SendMessage", Version: "2011-06-16" }),
      "sqs awsQuery SendMessage NoSuchVersion",
    ],
    ["with a host of one label", at("PUT", "/x", undefined, { host: "s3:4566" }), "nowhere"],
  ] as const)("but not one %s", ([, request, expected]) => {
    expect(destination(request)).toBe(expected);
  });
});

test.for([
  ["GET", "/", "the front door"],
  ["HEAD", "/", "the front door"],
  ["GET", "/health", "the front door"],
  ["POST", "/", "nowhere"],
  ["GET", "/healthy", "nowhere"],
] as const)("%s %s of nobody in particular leads to %s", ([method, path, expected]) => {
  expect(destination(aRequest({ method, path }))).toBe(expected);
});

test("bytes that are sent as a form, as curl does, are for the REST service they are signed for", () => {
  const http = { method: "PUT", path: "/{Bucket}/{Key+}" } as const;
  const contract = { name: "PutObject", http, input: structure({}), errors: [] };
  const model = { id: "s3", title: "S3", apiVersion: "1", protocols: ["restXml"] } as const;
  const services = [...EVERYTHING, aService(model, new Map([["PutObject", contract]]))];
  const request = aForm({ some: "bytes" }, signedFor("s3"));
  expect(destination({ ...request, method: "PUT", path: "/bucket/key" }, services)).toBe("s3 restXml PutObject");
  expect(destination(aForm({ Action: "CreateTopic" }, signedFor("sns")), services)).toBe("sns awsQuery CreateTopic");
});

test("without services everything is for nobody", () => {
  expect(destination(aForm({ Action: "SendMessage" }), [])).toBe("nowhere");
  expect(destination(aRequest({ query: "%zz" }), [])).toBe("nowhere");
  expect(destination(aJsonRequest("SendMessage"), [])).toBe("nowhere");
});
