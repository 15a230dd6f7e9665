import type { AwsError } from "../../kernel/aws-error.ts";
import type { ServiceModel } from "../../model/contract.ts";
import { errorText } from "../error-document.ts";
import type { WireResponse } from "../protocol.ts";
import { JSON_TYPE } from "./encode.ts";
import { headerText } from "./header-text.ts";

/** An error: its name in `x-amzn-ErrorType`, its text and what else it says in JSON. */
export function restError({ hasErrorType = false }: ServiceModel, error: AwsError, requestId: string): WireResponse {
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
