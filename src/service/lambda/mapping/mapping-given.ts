import { functionArn } from "../../../engine/function/function-book.ts";
import { InvalidParameterValue } from "../../../engine/function/function-errors.ts";
import type { EventSourceMapping, QueueSettings, StreamSettings } from "../../../engine/mapping/mapping.ts";
import { parseArn } from "../../../kernel/arn.ts";
import { functionAt } from "../function/function-name.ts";
import type { LambdaContext } from "../operation.ts";
import { queueSettings } from "./queue-settings.ts";
import { type Given, SECOND_MS } from "./settings-given.ts";
import { newStreamSettings, streamSettings } from "./stream-settings.ts";

type Settings = QueueSettings | StreamSettings;

/** A new mapping as a request has it. Throws InvalidParameterValue and ResourceNotFound, in AWS's order. */
export function newMappingGiven(
  context: LambdaContext,
  given: Given & { readonly FunctionName: string },
  now: number,
): Settings & { readonly sourceArn: string } {
  const { EventSourceArn: sourceArn } = given;
  const kind = kindOf(sourceArn);
  if (sourceArn === undefined || kind === undefined) {
    throw new InvalidParameterValue(`Unrecognized event source. Unsupported source arn : ${sourceArn ?? "null"}`);
  }
  const settings = kind === "queue" ? queueSettings(given, { sourceArn }) : newStreamSettings(given, now);
  const target = targetOf(context, given.FunctionName);
  if (kind === "queue") checkQueue(context, sourceArn, target.timeoutMs);
  else if (!context.eventSources.hasStream(sourceArn)) {
    throw new InvalidParameterValue(`Stream not found: ${sourceArn}`);
  }
  return { ...settings, functionArn: target.arn, sourceArn };
}

/** What a mapping is set to once a request has changed it. Throws as `newMappingGiven` does. */
export function changedMappingGiven(context: LambdaContext, mapping: EventSourceMapping, given: Given): Settings {
  const { sourceArn } = mapping;
  const settings =
    mapping.kind === "queue" ? queueSettings(given, { sourceArn, before: mapping }) : streamSettings(given, mapping);
  if (given.FunctionName === undefined && mapping.kind === "stream") {
    return { ...settings, functionArn: mapping.functionArn };
  }
  const target = targetOf(context, given.FunctionName ?? mapping.functionArn);
  if (mapping.kind === "queue") checkQueue(context, sourceArn, target.timeoutMs);
  return { ...settings, functionArn: target.arn };
}

/** Which kind of source has the ARN; undefined when it is none. */
function kindOf(text: string | undefined): EventSourceMapping["kind"] | undefined {
  const { service, resource = "" } = parseArn(text ?? "") ?? {};
  if (service === "sqs") return "queue";
  return service === "kinesis" && resource.startsWith("stream/") ? "stream" : undefined;
}

/** The function that is to be invoked: its ARN as it was qualified, and how long an invocation takes at most. */
function targetOf(context: LambdaContext, FunctionName: string): { readonly arn: string; readonly timeoutMs: number } {
  const { functions, scope, name, qualifier } = functionAt(context, { FunctionName });
  const { version } = functions.resolve(name, qualifier);
  return { arn: functionArn(scope, name, qualifier), timeoutMs: version.settings.timeoutMs };
}

function checkQueue({ eventSources }: LambdaContext, arn: string, timeoutMs: number): void {
  const queue = eventSources.queue(arn);
  if (queue === undefined) {
    throw new InvalidParameterValue(
      "Error occurred while ReceiveMessage. SQS Error Code: AWS.SimpleQueueService.NonExistentQueue. SQS Error Message: The specified queue does not exist or you do not have access to it.",
    );
  }
  const { visibilityTimeoutMs } = queue;
  if (visibilityTimeoutMs >= timeoutMs) return;
  throw new InvalidParameterValue(
    `Queue visibility timeout: ${visibilityTimeoutMs / SECOND_MS} seconds is less than Function timeout: ${timeoutMs / SECOND_MS} seconds`,
  );
}

/** The ARN of the function that a listing is asked for. */
export function listedFunctionArn(context: LambdaContext, FunctionName: string | undefined): string | undefined {
  if (FunctionName === undefined) return undefined;
  const { scope, name, qualifier } = functionAt(context, { FunctionName });
  return functionArn(scope, name, qualifier);
}
