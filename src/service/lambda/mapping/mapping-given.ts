import { functionArn } from "../../../engine/function/function-book.ts";
import { InvalidParameterValue } from "../../../engine/function/function-errors.ts";
import { resolved } from "../../../engine/function/held-function.ts";
import type { EventSourceMapping, QueueSettings, StreamSettings } from "../../../engine/mapping/mapping.ts";
import { parseArn } from "../../../kernel/arn.ts";
import { functionAt } from "../function/function-name.ts";
import type { LambdaContext } from "../operation.ts";
import { queueSettings } from "./queue-settings.ts";
import { type Given, SECOND_MS } from "./settings-given.ts";
import { newStreamSettings, streamSettings } from "./stream-settings.ts";

type Settings = QueueSettings | StreamSettings;

/** A new mapping as a request has it. Throws InvalidParameterValue, in AWS's order. */
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
  checkRegion(context, sourceArn);
  const settings = kind === "queue" ? queueSettings(given, { sourceArn }) : newStreamSettings(given, now);
  const target = targetOf(context, given.FunctionName);
  if (settings.kind === "queue") checkQueue(context, { ...settings, sourceArn }, target);
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
  if (settings.kind === "queue") checkQueue(context, { ...settings, sourceArn }, target);
  return { ...settings, functionArn: target.arn };
}

/** Which kind of source has the ARN; undefined when it is none. */
function kindOf(text: string | undefined): EventSourceMapping["kind"] | undefined {
  const { service, resource = "" } = parseArn(text ?? "") ?? {};
  if (service === "sqs") return "queue";
  return service === "kinesis" && resource.startsWith("stream/") ? "stream" : undefined;
}

function checkRegion({ call }: LambdaContext, sourceArn: string): void {
  const { region } = call.scope;
  if (parseArn(sourceArn)?.region === region) return;
  throw new InvalidParameterValue(`Event source region must match Lambda region ${region}`);
}

/** The function that is to be invoked. */
interface Target {
  /** As it was qualified. */
  readonly arn: string;
  /** How long an invocation takes at most. */
  readonly timeoutMs: number;
  /** How many invocations there are at a time at most, if that is reserved for it. */
  readonly reservedConcurrency: number | undefined;
}

/** AWS: one that is not there is a parameter that is wrong. */
function targetOf(context: LambdaContext, FunctionName: string): Target {
  const { functions, scope, name, qualifier } = functionAt(context, { FunctionName });
  const record = functions.find(name);
  const found = record && resolved(record, qualifier);
  if (found === undefined) throw new InvalidParameterValue("Function does not exist");
  const { timeoutMs } = found.version.settings;
  return { arn: functionArn(scope, name, qualifier), timeoutMs, reservedConcurrency: record?.reservedConcurrency };
}

/** What there has to be of the queue and its function before one is invoked with the other. */
function checkQueue(
  { eventSources }: LambdaContext,
  { sourceArn, maximumConcurrency = 0 }: Pick<QueueSettings, "maximumConcurrency"> & { readonly sourceArn: string },
  { timeoutMs, reservedConcurrency = maximumConcurrency }: Target,
): void {
  if (maximumConcurrency > reservedConcurrency) {
    throw new InvalidParameterValue(
      `MaximumConcurrency: ${maximumConcurrency} is greater than Function Reserved Concurrency: ${reservedConcurrency}`,
    );
  }
  const queue = eventSources.queue(sourceArn);
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
