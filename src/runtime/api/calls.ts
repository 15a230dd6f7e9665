import { STATUS_CODES } from "node:http";
import { Refusal, type TakenTask } from "./session.ts";

/** The calls of a runtime, and what they are answered with however they come. AWS: Using the Lambda runtime API, 2018-06-01. */
export const BASE = "/2018-06-01";
export const NEXT = `${BASE}/runtime/invocation/next`;
export const OF_INVOCATION = /^\/2018-06-01\/runtime\/invocation\/([^/?]*)\/(response|error)$/;

/** An answer without what belongs to the connection. */
export interface CallAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly fields: readonly (readonly [name: string, value: string])[];
  readonly body: string;
}

const JSON_TYPE = "application/json";
const NO_FIELDS: CallAnswer["fields"] = [];

/** What a runtime posted is taken. */
export const accepted: CallAnswer = {
  status: 202,
  contentType: JSON_TYPE,
  fields: NO_FIELDS,
  body: `${JSON.stringify({ status: "OK" })}\n`,
};

export const pong: CallAnswer = { status: 200, contentType: "text/plain", fields: NO_FIELDS, body: "pong" };

/** An event, and in fields of the header what belongs to it. */
export function eventOf({ invocation, deadlineMs }: TakenTask): CallAnswer {
  const { requestId, functionArn, clientContext, traceId, payload } = invocation;
  const fields: (readonly [string, string])[] = [
    ["Lambda-Runtime-Aws-Request-Id", requestId],
    ["Lambda-Runtime-Deadline-Ms", String(deadlineMs)],
    ["Lambda-Runtime-Invoked-Function-Arn", functionArn],
  ];
  if (traceId) fields.push(["Lambda-Runtime-Trace-Id", traceId]);
  if (clientContext) fields.push(["Lambda-Runtime-Client-Context", clientContext]);
  return { status: 200, contentType: JSON_TYPE, fields: fields.map(withoutControls), body: payload };
}

/** JSON has no control characters but between its tokens. */
function withoutControls([name, value]: readonly [string, string]): readonly [string, string] {
  return [name, value.replace(CONTROL, " ")];
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: it is those that are looked for
const CONTROL = /[\x00-\x1f\x7f]/g;

/** What a call that failed is answered with. */
export function refusalOf(cause: unknown): CallAnswer {
  const refusal = cause instanceof Refusal ? cause : new Refusal(500, "InternalServerError", "Internal Server Error");
  const { status, errorType, message } = refusal;
  const body = JSON.stringify({ errorMessage: message, errorType });
  return { status, contentType: JSON_TYPE, fields: NO_FIELDS, body };
}

export const truncated = (): Refusal => new Refusal(400, "TruncatedHTTPRequest", "HTTP request detected as truncated");
export const notFound = (): Refusal => new Refusal(404, "NotFound", "404 page not found");

/** The id of an invocation as it stands in a path. Throws Refusal. */
export function invocationId(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new Refusal(400, "InvalidRequestID", "Invalid request ID");
  }
}

/** All of an answer, head and body in one text of UTF-8, to be written at once. */
export function textOf({ status, contentType, fields, body }: CallAnswer, connection?: "close"): string {
  let head = `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nContent-Type: ${contentType}\r\n`;
  for (const [name, value] of fields) head += `${name}: ${value}\r\n`;
  if (connection !== undefined) head += `Connection: ${connection}\r\n`;
  return `${head}Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
}
