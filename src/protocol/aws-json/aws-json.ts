import type { AwsError } from "../../kernel/aws-error.ts";
import type { ServiceModel } from "../../model/contract.ts";
import { errorDocument } from "../errors.ts";
import { jsonOf } from "../json-text.ts";
import type { Protocol, WireResponse } from "../protocol.ts";
import { type JsonDialect, JsonReader } from "./decode.ts";
import { sortedJsonOf } from "./encode-sorted.ts";

/** AWS's JSON 1.0, as SQS speaks it. GAP: AWS is reported to refuse integers in strings; clients err that way. */
export const awsJson1_0 = awsJson(
  "awsJson1_0",
  {
    takesDigitStrings: true,
    takesEmptyBody: true,
    hasPassingBlobs: false,
  },
  jsonOf,
);

/** AWS's JSON 1.1, as Kinesis speaks it. */
export const awsJson1_1 = awsJson(
  "awsJson1_1",
  {
    takesDigitStrings: false,
    takesEmptyBody: false,
    hasPassingBlobs: true,
  },
  sortedJsonOf,
);

function awsJson(name: "awsJson1_0" | "awsJson1_1", dialect: JsonDialect, encode: typeof sortedJsonOf): Protocol {
  const contentType = name === "awsJson1_0" ? "application/x-amz-json-1.0" : "application/x-amz-json-1.1";
  const reader = new JsonReader(dialect);
  const headersFor = (requestId: string) => ({ "content-type": contentType, "x-amzn-RequestId": requestId });
  return {
    name,
    decode: (contract, request) => reader.read(contract.input, request.body),
    encode(_service, contract, output, requestId): WireResponse {
      // AWS: an operation without output answers with nothing at all, not with an empty object.
      const body = contract.output === undefined ? "" : encode(contract.output, output);
      return { status: 200, headers: headersFor(requestId), body };
    },
    encodeError(service, error, requestId): WireResponse {
      const headers: Record<string, string> = headersFor(requestId);
      if (service.protocols.includes("awsQuery")) headers["x-amzn-query-error"] = queryErrorOf(error);
      return { status: error.status, headers, body: errorBody(service, error) };
    },
  };
}

/** The body of an error: `{"__type":"com.amazonaws.sqs#QueueDoesNotExist","message":"…"}`. */
function errorBody(service: ServiceModel, error: AwsError): string {
  return JSON.stringify(errorDocument(service, error));
}

/** What clients of the older format are to take the error for: `AWS.SimpleQueueService.NonExistentQueue;Sender`. */
function queryErrorOf(error: AwsError): string {
  return `${error.queryCode};${error.fault}`;
}
