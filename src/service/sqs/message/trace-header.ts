import type { Infer } from "../../../model/shape.ts";
import type { Call } from "../../service.ts";
import { isTraceHeader, sentTraceHeader } from "../../trace-header.ts";
import { InvalidParameterValue } from "../errors.ts";
import type { messageSystemAttributeMap } from "../shapes.ts";

type SystemAttributes = Infer<typeof messageSystemAttributeMap>;

/** AWS: whatever the operation, a request is refused whose trace header cannot be read. Reported of GetQueueUrl and CreateQueue. */
export function checkTraceHeader(call: Call): void {
  const header = sentTraceHeader(call);
  if (header === undefined || isTraceHeader(header)) return;
  throw new InvalidParameterValue(
    `The request has a 'X-Amzn-Trace-Id' HTTP header which is reserved for AWS X-Ray trace header and has an invalid value '${header}'`,
  );
}

/** The message's X-Ray trace header: the system attribute, or else the header of the request, which was checked. */
export function traceHeaderOf(given: SystemAttributes | undefined, call: Call): string | undefined {
  const attribute = given?.AWSTraceHeader;
  if (attribute === undefined) return sentTraceHeader(call);
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
