import { InvalidParameterValue } from "../../../engine/function/function-errors.ts";

/** AWS: quotas, Lambda developer guide. */
const MOST_BYTES = 4096;

/** Set by the platform. AWS: defined runtime environment variables, Lambda developer guide. AWS_ENDPOINT_URL and its like are the user's here. */
const RESERVED: ReadonlySet<string> = new Set([
  "_HANDLER",
  "_X_AMZN_TRACE_ID",
  "AWS_ACCESS_KEY",
  "AWS_ACCESS_KEY_ID",
  "AWS_DEFAULT_REGION",
  "AWS_EXECUTION_ENV",
  "AWS_LAMBDA_FUNCTION_MEMORY_SIZE",
  "AWS_LAMBDA_FUNCTION_NAME",
  "AWS_LAMBDA_FUNCTION_VERSION",
  "AWS_LAMBDA_INITIALIZATION_TYPE",
  "AWS_LAMBDA_LOG_GROUP_NAME",
  "AWS_LAMBDA_LOG_STREAM_NAME",
  "AWS_LAMBDA_RUNTIME_API",
  "AWS_REGION",
  "AWS_SECRET_ACCESS_KEY",
  "AWS_SESSION_TOKEN",
  "LAMBDA_RUNTIME_DIR",
  "LAMBDA_TASK_ROOT",
]);

const UNABLE =
  "Lambda was unable to configure your environment variables because the environment variables you have provided";

/** The variables as data of our own. Throws InvalidParameterValue for reserved ones and for too many bytes. */
export function checkedVariables(given: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const variables = Object.fromEntries(Object.entries(given));
  const reserved = Object.keys(variables).filter((name) => RESERVED.has(name));
  if (reserved.length > 0) {
    throw new InvalidParameterValue(
      `${UNABLE} contains reserved keys that are currently not supported for modification. Reserved keys used in this request: ${reserved.join(", ")}`,
    );
  }
  const bytes = Buffer.byteLength(JSON.stringify(variables));
  if (bytes > MOST_BYTES) {
    throw new InvalidParameterValue(`${UNABLE} exceeded the 4KB limit. Measured size: ${bytes} bytes`);
  }
  return variables;
}
