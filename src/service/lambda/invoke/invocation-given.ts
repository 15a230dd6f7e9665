import { isUtf8 } from "node:buffer";
import { LATEST } from "../../../engine/function/function.ts";
import { functionArn } from "../../../engine/function/function-book.ts";
import type { Functions } from "../../../engine/function/functions.ts";
import type { FunctionCall } from "../../../engine/invocation.ts";
import { header, payload } from "../../../model/location.ts";
import { blob, string } from "../../../model/shape.ts";
import { pattern } from "../../constraint-wording.ts";
import { RequestEntityTooLarge } from "../errors.ts";
import { functionAt } from "../function/function-name.ts";
import type { LambdaContext } from "../operation.ts";
import { qualifiedRead } from "../shapes.ts";
import { InvalidRequestContent } from "./invoke-errors.ts";

/** AWS: of an event and of an answer, 6 MB and 100 bytes. */
export const MOST_BYTES = 6_291_556;

/** What every invocation is given. */
export const invocationMembers = {
  ...qualifiedRead,
  LogType: header("X-Amz-Log-Type", string({ values: ["None", "Tail"] })),
  ClientContext: header("X-Amz-Client-Context", string()),
  Payload: payload(blob()),
  TenantId: header("X-Amz-Tenant-Id", string({ min: 1, max: 256, pattern: pattern("[a-zA-Z0-9\\._:\\/=+\\-@ ]+") })),
};

export const invocationGaps = [
  "TenantId makes no difference.",
  "What a JSON parser says of an event that is no JSON are Node's words.",
];

/** The error for an event that is too long for the operation. */
export function tooLong(operation: string, mostBytes = MOST_BYTES) {
  return () =>
    new RequestEntityTooLarge(`Request must be smaller than ${mostBytes} bytes for the ${operation} operation`);
}

/** What a request says of an invocation. */
interface Given {
  readonly FunctionName: string;
  readonly Qualifier?: string | undefined;
  readonly ClientContext?: string | undefined;
  readonly Payload?: Uint8Array | undefined;
}

/** The function that is meant, which is there. */
interface Called {
  readonly functions: Functions;
  readonly name: string;
  readonly qualifier: string | undefined;
}

/** The function that a request is about. Throws ResourceNotFound, whose text has `$LATEST` where nothing was said, and as `functionAt`. */
export function calledFunction(context: LambdaContext, given: Given): Called {
  const { functions, name, qualifier } = functionAt(context, given);
  functions.resolve(name, qualifier ?? LATEST);
  return { functions, name, qualifier };
}

/** The call that a request makes. Throws InvalidRequestContent. */
export function callOf(context: LambdaContext, { functions, name, qualifier }: Called, given: Given): FunctionCall {
  const { requestId, traceHeader } = context.call;
  return {
    functionArn: functionArn(functions.scope, name, qualifier),
    requestId,
    payload: eventText(given.Payload),
    clientContext: contextText(given.ClientContext),
    traceId: traceHeader,
  };
}

/** AWS: nothing at all is the event `{}`. */
function eventText(bytes: Uint8Array = new Uint8Array()): string {
  if (bytes.length === 0) return "{}";
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString("utf8");
  const flaw = isUtf8(bytes) ? flawOf(text) : "Invalid UTF-8";
  if (flaw === undefined) return text;
  throw new InvalidRequestContent(`Could not parse request body into json: Could not parse payload into json: ${flaw}`);
}

/** AWS: API_Invoke. */
const MOST_CONTEXT_BYTES = 3583;

/** GAP: AWS's words for what is too long, and for what is no object, are not known. */
function contextText(base64: string | undefined): string | undefined {
  if (base64 === undefined) return undefined;
  if (base64.length > MOST_CONTEXT_BYTES) {
    throw new InvalidRequestContent(`Client context has ${MOST_CONTEXT_BYTES} bytes of base64-encoded data at most.`);
  }
  const text = Buffer.from(base64, "base64").toString("utf8");
  if (flawOf(text) === undefined && isObject(JSON.parse(text))) return text;
  throw new InvalidRequestContent("Client context must be a valid Base64-encoded JSON object.");
}

function isObject(value: unknown): boolean {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Why a text is no JSON. */
function flawOf(text: string): string | undefined {
  try {
    JSON.parse(text);
    return undefined;
  } catch (cause) {
    return (cause as Error).message;
  }
}
