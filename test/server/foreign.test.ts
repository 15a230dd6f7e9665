import { cbor } from "@smithy/core/cbor";
import { XMLParser } from "fast-xml-parser";
import { describe, expect, test } from "vitest";
import type { WireRequest, WireResponse } from "../../src/protocol/protocol.ts";
import { aForm, aHandler, aJsonRequest, aRequest, kinesis, signedFor, sns, sqs } from "./services.ts";

const SERVED = "It serves Amazon SQS, Amazon SNS, and Amazon Kinesis Data Streams.";
const xml = new XMLParser({ ignoreDeclaration: true });

/** The answer, which for these requests is there at once. */
function answerTo(request: WireRequest) {
  const { response, requestId } = aHandler(sqs(), sns(), kinesis()).handle(request);
  const { status, headers, body } = response as WireResponse;
  return { status, headers, body: body as string, requestId };
}

const rest = (service: string, path: string, method = "GET"): WireRequest =>
  aRequest({ method, path, headers: { host: "localhost:4566", ...signedFor(service) } });

describe("the clients of a service that is not served understand the refusal", () => {
  test.for(["application/x-amz-json-1.0", "application/x-amz-json-1.1"])("in JSON of the type %s", (type) => {
    const headers = { ...signedFor("dynamodb"), "content-type": type };
    const { status, headers: answered, body } = answerTo(aJsonRequest("DynamoDB_20120810.ListTables", "{}", headers));
    expect([status, answered["content-type"]]).toEqual([400, type]);
    expect(JSON.parse(body)).toEqual({
      __type: "com.amazon.coral.service#UnknownOperationException",
      message: `Waystation has no Amazon DynamoDB: point AWS_ENDPOINT_URL_DYNAMODB elsewhere. ${SERVED}`,
    });
  });

  test("in the XML of the Query format", () => {
    const { status, headers, body, requestId } = answerTo(
      aForm({ Action: "ListUsers", Version: "2010-05-08" }, signedFor("iam")),
    );
    expect([status, headers["content-type"]]).toEqual([400, "text/xml"]);
    const Message = `Waystation has no AWS IAM: point AWS_ENDPOINT_URL_IAM elsewhere. ${SERVED}`;
    expect(xml.parse(body)).toEqual({
      ErrorResponse: { Error: { Type: "Sender", Code: "InvalidAction", Message }, RequestId: requestId },
    });
  });

  test("in the XML of EC2", () => {
    const { status, body, requestId } = answerTo(aForm({ Action: "DescribeRegions", Version: "2016-11-15" }));
    const Message = `Waystation has no Amazon EC2: point AWS_ENDPOINT_URL_EC2 elsewhere. ${SERVED}`;
    expect(status).toBe(400);
    expect(xml.parse(body)).toEqual({
      Response: { Errors: { Error: { Code: "InvalidAction", Message } }, RequestID: requestId },
    });
  });

  test.for(["/", "/bucket/key", "/health"])("in the XML of S3, at %s, and not as if a bucket were missing", (path) => {
    const { status, headers, body, requestId } = answerTo(rest("s3", path));
    const Message = `Waystation has no Amazon S3: point AWS_ENDPOINT_URL_S3 elsewhere. ${SERVED}`;
    expect([status, headers["content-type"]]).toEqual([501, "application/xml"]);
    expect(xml.parse(body)).toEqual({ Error: { Code: "NotImplemented", Message, RequestId: requestId } });
  });

  test("in REST's XML", () => {
    const { body } = answerTo(rest("route53", "/2013-04-01/hostedzone"));
    expect(xml.parse(body)).toMatchObject({ ErrorResponse: { Error: { Message: /AWS_ENDPOINT_URL_ROUTE_53/ } } });
  });

  test("in REST's JSON, the code in a header", () => {
    const { status, headers, body } = answerTo(rest("lambda", "/2015-03-31/functions/f/invocations", "POST"));
    expect([status, headers["x-amzn-ErrorType"]]).toEqual([404, "UnknownOperationException"]);
    const message = `Waystation has no AWS Lambda: point AWS_ENDPOINT_URL_LAMBDA elsewhere. ${SERVED}`;
    expect(JSON.parse(body)).toEqual({ message });
  });

  test("in CBOR", () => {
    const { status, headers, body } = answerTo(
      aRequest({
        path: "/service/GraniteServiceVersion20100801/operation/PutMetricData",
        headers: { "smithy-protocol": "rpc-v2-cbor", "content-type": "application/cbor", ...signedFor("monitoring") },
      }),
    );
    expect([status, headers["smithy-protocol"]]).toEqual([400, "rpc-v2-cbor"]);
    expect(cbor.deserialize(body as unknown as Uint8Array)).toEqual({
      __type: "com.amazon.coral.service#UnknownOperationException",
      message: `Waystation has no Amazon CloudWatch: point AWS_ENDPOINT_URL_CLOUDWATCH elsewhere. ${SERVED}`,
    });
  });

  test("of a service nobody here has heard of, too", () => {
    const { status, body } = answerTo(rest('<a>"', "/models"));
    const message = `Waystation has no service "<a>"": give the client of that service an endpoint of its own. ${SERVED}`;
    expect([status, JSON.parse(body)]).toEqual([404, { message }]);
  });
});

test("what a stranger calls its service is written into XML as text", () => {
  const { body } = answerTo(aForm({ Action: "Nonsense" }, signedFor("<a>")));
  expect(body).toContain("&lt;a&gt;");
  expect(body).not.toContain("<a>");
});

test("a signature that names no service at all is for none", () => {
  const { status, body } = answerTo(rest("", "/"));
  expect([status, body]).toEqual([404, "<UnknownOperationException/>"]);
});
