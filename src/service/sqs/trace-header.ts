import type { Infer } from "../../model/shape.ts";
import type { Call } from "../service.ts";
import { isTraceHeader, requestTraceHeader } from "../trace-header.ts";
import { InvalidParameterValue } from "./errors.ts";
import type { messageSystemAttributeMap } from "./shapes.ts";

type SystemAttributes = Infer<typeof messageSystemAttributeMap>;

/** The message's X-Ray trace header: the system attribute, or else the header of the request. */
export function traceHeaderOf(given: SystemAttributes | undefined, call: Call): string | undefined {
  const attribute = given?.AWSTraceHeader;
  if (attribute === undefined) return requestTraceHeader(call);
  if (attribute.DataType !== "String") {
    throw new InvalidParameterValue(
      "The type of message (system) attribute 'AWSTraceHeader' is invalid. You must use only the following supported type prefixes: String.",
    );
  }
  if (!attribute.StringValue) {
    throw new InvalidParameterValue(
      "Message (system) attribute 'AWSTraceHeader' must contain a non-empty value of type 'String'.",
    );
  }
  if (!isTraceHeader(attribute.StringValue)) {
    throw new InvalidParameterValue("Message (system) attribute 'AWSTraceHeader' must be a valid X-Ray trace header.");
  }
  return attribute.StringValue;
}
