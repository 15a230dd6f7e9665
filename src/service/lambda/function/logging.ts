import type { FunctionSettings } from "../../../engine/function/function.ts";
import { InvalidParameterValue } from "../../../engine/function/function-errors.ts";
import type { Infer } from "../../../model/shape.ts";
import type { loggingConfig } from "./configuration-shapes.ts";

type Logging = FunctionSettings["logging"];

const RESERVED_GROUP = /^aws\//i;

/** How a function logs, with what a request changes of it. AWS: in JSON, levels are INFO unless said. Throws InvalidParameterValue. */
export function changedLogging(before: Logging, given: Infer<typeof loggingConfig>): Logging {
  const { LogFormat: format = before.format, LogGroup: group = before.group } = given;
  if (RESERVED_GROUP.test(group)) {
    throw new InvalidParameterValue(
      "Log groups starting with AWS/ are reserved for AWS. Update the LogGroup value and try again.",
    );
  }
  if (format !== "JSON") {
    refuseLevels(given);
    return { format, group };
  }
  const { ApplicationLogLevel: applicationLevel = before.applicationLevel ?? "INFO" } = given;
  const { SystemLogLevel: systemLevel = before.systemLevel ?? "INFO" } = given;
  return { format, group, applicationLevel, systemLevel };
}

/** A log in text has no levels. */
function refuseLevels({ ApplicationLogLevel, SystemLogLevel }: Infer<typeof loggingConfig>): void {
  if ((ApplicationLogLevel ?? SystemLogLevel) === undefined) return;
  throw new InvalidParameterValue(
    'LogLevel is not supported when LogFormat is set to "Text". Remove LogLevel from your request or change the LogFormat to "JSON" and try again.',
  );
}
