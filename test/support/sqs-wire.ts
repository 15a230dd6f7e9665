import { expect } from "vitest";
import { anEmulator } from "./emulator.ts";

/** The namespaces of error shapes: those of every service, and those of SQS. */
export const COMMON = "com.amazon.coral.service#";
export const OWN = "com.amazonaws.sqs#";

export const JSON_TYPE = "application/x-amz-json-1.0";
const FORM = "application/x-www-form-urlencoded; charset=utf-8";

type Headers = Readonly<Record<string, string>>;

/** What a test looks at in an answer. In the body, `ID` stands for the request's id. */
export interface Answer {
  readonly status: number;
  readonly type: string | null;
  readonly queryError: string | null;
  readonly body: string;
}

/** What SQS refuses a request with, in either protocol. */
export interface Refusal {
  readonly shape: string;
  readonly code: string;
  readonly message: string;
  readonly queryMessage?: string;
  readonly status?: number;
}

/** A server under the rules of AWS with the queue `orders`, and what it answers in either protocol. */
export async function anSqsServer() {
  const emulator = await anEmulator({ profile: "aws" });
  const answerOf = async (path: string, init: RequestInit): Promise<Answer> => {
    const response = await fetch(emulator.endpoint + path, init);
    return asAnswer(response, await response.text());
  };
  const json = (operation: string, body: string, path = "/", headers: Headers = {}) =>
    answerOf(path, {
      method: "POST",
      headers: { "Content-Type": JSON_TYPE, "X-Amz-Target": `AmazonSQS.${operation}`, ...headers },
      body,
    });
  await json("CreateQueue", '{"QueueName":"orders"}');
  return {
    url: `${emulator.endpoint}/000000000000/orders`,
    json,
    /** Sends a form of the present version. */
    post: (form: string, path = "/", headers: Headers = {}) =>
      answerOf(path, {
        method: "POST",
        headers: { "Content-Type": FORM, ...headers },
        body: `${form}&Version=2012-11-05`,
      }),
    get: (query: string, path = "/", headers: Headers = {}) => answerOf(`${path}${query}`, { headers }),
    [Symbol.asyncDispose]: () => emulator.close(),
  };
}

function asAnswer({ status, headers }: Response, text: string): Answer {
  const id = headers.get("x-amzn-RequestId") ?? "";
  expect(id).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
  expect(headers.get("Content-Length")).toBe(String(Buffer.byteLength(text)));
  return {
    status,
    type: headers.get("Content-Type"),
    queryError: headers.get("x-amzn-query-error"),
    body: text.replace(id, "ID"),
  };
}

export function jsonSuccess(body: string): Answer {
  return { status: 200, type: JSON_TYPE, queryError: null, body };
}

export function jsonFailure({ shape, code, message, status = 400 }: Refusal): Answer {
  const body = JSON.stringify({ __type: shape, message });
  return { status, type: JSON_TYPE, queryError: `${code};Sender`, body };
}

export function xmlSuccess(action: string, result: string, version?: string): Answer {
  const metadata = "<ResponseMetadata><RequestId>ID</RequestId></ResponseMetadata>";
  return {
    status: 200,
    type: "text/xml",
    queryError: null,
    body: xml(`${action}Response`, result + metadata, version),
  };
}

export function xmlFailure(refusal: Refusal, version?: string): Answer {
  const { code, message, queryMessage = message, status = 400 } = refusal;
  const error = `<Type>Sender</Type><Code>${code}</Code><Message>${queryMessage}</Message><Detail/>`;
  const body = xml("ErrorResponse", `<Error>${error}</Error><RequestId>ID</RequestId>`, version);
  return { status, type: "text/xml", queryError: null, body };
}

function xml(root: string, content: string, version = "2012-11-05"): string {
  const namespace = `http://queue.amazonaws.com/doc/${version}/`;
  return `<?xml version="1.0"?><${root} xmlns="${namespace}">${content}</${root}>`;
}
