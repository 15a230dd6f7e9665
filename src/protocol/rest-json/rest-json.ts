import type { AwsError } from "../../kernel/aws-error.ts";
import type { RestContract, ServiceModel } from "../../model/contract.ts";
import { errorText } from "../errors.ts";
import type { Protocol, WireResponse } from "../protocol.ts";
import { restInput } from "./decode.ts";
import { JSON_TYPE, restAnswer } from "./encode.ts";
import { headerText } from "./header-text.ts";

/** AWS's restJson1, as Lambda, EventBridge Scheduler and EventBridge Pipes speak it. */
export const restJson1: Protocol<RestContract> = {
  name: "restJson1",
  decode: restInput,
  encode: (_service, contract, output, requestId) => restAnswer(contract, output, requestId),
  encodeError: restError,
};

/** An error: its name in `x-amzn-ErrorType`, its text and what else it says in JSON. */
function restError({ hasErrorType = false }: ServiceModel, error: AwsError, requestId: string): WireResponse {
  const headers: Record<string, string> = {
    "content-type": JSON_TYPE,
    "x-amzn-RequestId": requestId,
    "x-amzn-ErrorType": error.shape,
  };
  for (const [name, text] of Object.entries(error.headers ?? {})) headers[name] = headerText(text);
  // AWS: errors that no model declares do not say whose mistake they are.
  const type = hasErrorType && error.isModelled ? { Type: error.fault === "Sender" ? "User" : "Service" } : {};
  return { status: error.status, headers, body: JSON.stringify({ ...error.members, ...type, ...errorText(error) }) };
}
