import { string, structure } from "../../model/shape.ts";
import { cborOf } from "../../protocol/cbor/encode.ts";
import type { WireResponse } from "../../protocol/protocol.ts";
import { escaped } from "../../protocol/query/encode.ts";
import type { ForeignFormat, ForeignService } from "./catalogue.ts";

/** The answer to a request for a service that is not served, and the code it has there. */
interface ForeignAnswer {
  readonly errorCode: string;
  readonly response: WireResponse;
}

const UNKNOWN_OPERATION = "UnknownOperationException";
const INVALID_ACTION = "InvalidAction";
const NOT_IMPLEMENTED = "NotImplemented";
/** AWS: where it keeps the errors that no service's model declares. */
const COMMON_TYPE = `com.amazon.coral.service#${UNKNOWN_OPERATION}`;

/** Some SDKs look for the code here, others in the body. */
const ERROR_TYPE = { "x-amzn-ErrorType": UNKNOWN_OPERATION };

const XML = '<?xml version="1.0" encoding="UTF-8"?>\n';

const errorShape = structure({ __type: string(), message: string() });

/** Says how to have the client ask somebody else, which comes first since logs cut what is long, and what is served. */
export function foreignText({ title, variable }: ForeignService, served: readonly string[]): string {
  const list = new Intl.ListFormat("en").format(served);
  const cure =
    variable === undefined ? "give the client of that service an endpoint of its own" : `point ${variable} elsewhere`;
  return `Waystation has no ${title}: ${cure}. It serves ${list}.`;
}

/** The error in the form that the service's own clients understand. None of the statuses is one that they retry. */
export function foreignAnswer(format: ForeignFormat, message: string, requestId: string): ForeignAnswer {
  const answer = (
    errorCode: string,
    status: number,
    content: { readonly type: string; readonly body: string | Buffer },
  ) => {
    const headers = { "content-type": content.type, "x-amzn-RequestId": requestId };
    return { errorCode, response: { status, headers, body: content.body } };
  };
  switch (format.kind) {
    case "json": {
      const body = JSON.stringify({ __type: COMMON_TYPE, message });
      return withHeaders(answer(UNKNOWN_OPERATION, 400, { type: format.contentType, body }), ERROR_TYPE);
    }
    case "cbor": {
      const body = cborOf(errorShape, { __type: COMMON_TYPE, message });
      const plain = answer(UNKNOWN_OPERATION, 400, { type: "application/cbor", body });
      return withHeaders(plain, { "smithy-protocol": "rpc-v2-cbor" });
    }
    case "rest-json": {
      const plain = answer(UNKNOWN_OPERATION, 404, { type: "application/json", body: JSON.stringify({ message }) });
      return withHeaders(plain, ERROR_TYPE);
    }
    case "query":
    case "rest-xml": {
      const error = `<Error><Type>Sender</Type>${codeAndMessage(INVALID_ACTION, message)}</Error>`;
      const body = `<ErrorResponse>${error}<RequestId>${requestId}</RequestId></ErrorResponse>`;
      return answer(INVALID_ACTION, 400, { type: "text/xml", body });
    }
    case "ec2": {
      const error = `<Errors><Error>${codeAndMessage(INVALID_ACTION, message)}</Error></Errors>`;
      const body = `${XML}<Response>${error}<RequestID>${requestId}</RequestID></Response>`;
      return answer(INVALID_ACTION, 400, { type: "text/xml;charset=UTF-8", body });
    }
    case "s3": {
      const inner = `${codeAndMessage(NOT_IMPLEMENTED, message)}<RequestId>${requestId}</RequestId>`;
      // A status of 404 would say that there is no such bucket.
      const plain = answer(NOT_IMPLEMENTED, 501, { type: "application/xml", body: `${XML}<Error>${inner}</Error>` });
      return withHeaders(plain, { "x-amz-request-id": requestId });
    }
  }
}

function codeAndMessage(code: string, message: string): string {
  return `<Code>${code}</Code><Message>${escaped(message)}</Message>`;
}

function withHeaders({ errorCode, response }: ForeignAnswer, more: WireResponse["headers"]): ForeignAnswer {
  return { errorCode, response: { ...response, headers: { ...response.headers, ...more } } };
}
