import { parseArn } from "../../../kernel/arn.ts";
import { LATEST } from "../function.ts";
import { functionArn as arnOf } from "../function-book.ts";
import type { FunctionDirectory } from "../function-directory.ts";
import { resolved } from "../held-function.ts";
import type { SettingsOf } from "./asynchronous-events.ts";

/** AWS: what applies as long as nothing is configured. API_PutFunctionEventInvokeConfig */
const RETRY_COUNT = 2;
const MAX_AGE_MS = 6 * 60 * 60 * 1000;

/** Reads how events of a function end from what there is when it is asked: by qualifier, and of the dead letters by version. */
export function settingsOf(directory: Pick<FunctionDirectory, "in">): SettingsOf {
  return (functionArn, executedVersion) => {
    const { resource, ...scope } = parseArn(functionArn) ?? { resource: "", partition: "", region: "", account: "" };
    const [, name = "", qualifier = LATEST] = resource.split(":");
    const functions = directory.in(scope);
    const record = functions.find(name);
    const meant = record && resolved(record, qualifier);
    if (record === undefined || meant === undefined) return undefined;
    const { version } = (executedVersion === undefined ? undefined : resolved(record, executedVersion)) ?? meant;
    const {
      retryCount = RETRY_COUNT,
      maxAgeMs = MAX_AGE_MS,
      onSuccess,
      onFailure,
    } = functions.invokeConfigs.find(name, qualifier) ?? {};
    return {
      qualifiedArn: arnOf(functions.scope, name, qualifier),
      ...{ retryCount, maxAgeMs, onSuccess, onFailure },
      deadLetterArn: version.settings.deadLetterArn,
      isStopped: record.reservedConcurrency === 0,
    };
  };
}
