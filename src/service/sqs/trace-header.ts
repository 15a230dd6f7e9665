import type { Infer } from "../../model/shape.ts";
import type { Call } from "../service.ts";
import { InvalidParameterValue } from "./errors.ts";
import type { messageSystemAttributeMap } from "./shapes.ts";

type SystemAttributes = Infer<typeof messageSystemAttributeMap>;

/** `Root=…;Parent=…;Sampled=…`: names and values, whichever they are. */
const TRACE_HEADER = /^\w+=[^;=\s]+(?:;\s*\w+=[^;=\s]+)*;?$/;

/** The message's X-Ray trace header: the system attribute, or else the header of the request. */
export function traceHeaderOf(given: SystemAttributes | undefined, call: Call): string | undefined {
  const attribute = given?.AWSTraceHeader;
  if (attribute === undefined) {
    const header = call.header("x-amzn-trace-id");
    return header !== undefined && TRACE_HEADER.test(header) ? header : undefined;
  }
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
  if (!TRACE_HEADER.test(attribute.StringValue)) {
    throw new InvalidParameterValue("Message (system) attribute 'AWSTraceHeader' must be a valid X-Ray trace header.");
  }
  return attribute.StringValue;
}
