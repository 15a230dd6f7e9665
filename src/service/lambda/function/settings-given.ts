import type { FunctionSettings, PlainMap } from "../../../engine/function/function.ts";
import { InvalidParameterValue } from "../../../engine/function/function-errors.ts";
import { parseArn } from "../../../kernel/arn.ts";
import type { AwsError } from "../../../kernel/aws-error.ts";
import type { Scope } from "../../../kernel/scope.ts";
import { type Infer, structure } from "../../../model/shape.ts";
import { configurationMembers } from "./configuration-shapes.ts";
import { checkedVariables } from "./environment.ts";
import { changedLogging } from "./logging.ts";
import { checkRuntime } from "./runtimes.ts";
import { checkLayers, checkTogether } from "./settings-rules.ts";

const configuration = structure(configurationMembers);

/** What a request says of how a function is run. */
type Given = Infer<typeof configuration>;

const SECOND_MS = 1000;
const MOST_SHOWN = 64 * 1024;

/** Members that are kept as they are given; an empty one takes away what there was. */
const SHOWN = [
  "VpcConfig",
  "KMSKeyArn",
  "TracingConfig",
  "Layers",
  "FileSystemConfigs",
  "ImageConfig",
  "EphemeralStorage",
  "SnapStart",
  "CapacityProviderConfig",
  "DurableConfig",
] as const satisfies readonly (keyof Given)[];

/** The settings with what a request changes of them. Throws InvalidParameterValue, and AccessDenied for layers. */
export function changedSettings(before: FunctionSettings, given: Given, scope: Scope): FunctionSettings {
  if (given.Runtime !== undefined) checkRuntime(given.Runtime);
  const { deadLetterArn, ...others } = before;
  const { TargetArn = deadLetterArn } = given.DeadLetterConfig ?? {};
  if (given.DeadLetterConfig?.TargetArn) checkDeadLetters(given.DeadLetterConfig.TargetArn, scope.region);
  checkMemory(given.MemorySize);
  checkLayers(given.Layers ?? [], scope);
  const { Runtime, Handler, Description, Timeout, MemorySize, Environment, LoggingConfig } = given;
  const settings = {
    ...others,
    ...(TargetArn && { deadLetterArn: TargetArn }),
    ...(Runtime !== undefined && { runtime: Runtime }),
    ...(Handler !== undefined && { handler: Handler }),
    ...(Description !== undefined && { description: Description }),
    ...(Timeout !== undefined && { timeoutMs: Timeout * SECOND_MS }),
    ...(MemorySize !== undefined && { memoryMb: MemorySize }),
    ...(Environment !== undefined && { environment: checkedVariables(Environment.Variables ?? {}) }),
    ...(LoggingConfig !== undefined && { logging: changedLogging(before.logging, LoggingConfig) }),
    shown: changedShown(before.shown, given),
  };
  checkTogether(settings);
  return settings;
}

/** AWS: a standard queue or topic. GAP: its words for a FIFO topic are taken to be like those for a queue. */
function checkDeadLetters(text: string, region: string): void {
  const arn = parseArn(text);
  if (arn?.region !== region) {
    throw unsuitable(
      "The resource specified by the TargetArn must be in the same region as the Lambda function it's associated with.",
    );
  }
  const { service, resource } = arn;
  if (service !== "sqs" && service !== "sns") {
    throw unsuitable("The service specified by the TargetArn is not supported for dead letter configuration.");
  }
  if (!resource.endsWith(".fifo")) return;
  throw unsuitable(
    `FIFO ${service === "sqs" ? "SQS queue" : "SNS topic"} is not supported for dead letter configuration`,
  );
}

function unsuitable(reason: string): AwsError {
  return new InvalidParameterValue(`Invalid dead letter queue ARN: ${reason}`);
}

/** AWS: quotas, Lambda developer guide. As much as the model says is for capacity providers. */
const MOST_MEMORY_MB = 10_240;

function checkMemory(mb = 0): void {
  if (mb <= MOST_MEMORY_MB) return;
  throw new InvalidParameterValue(
    `'MemorySize' value failed to satisfy constraint: Member must have value less than or equal to ${MOST_MEMORY_MB}`,
  );
}

function changedShown(before: PlainMap, given: Given): PlainMap {
  const kept = SHOWN.flatMap((name) => {
    const value = given[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  // The members are those of shapes that have texts, numbers, lists and structures only.
  const merged = { ...before, ...Object.fromEntries(kept) } as PlainMap;
  checkSize(merged);
  return Object.fromEntries(Object.entries(merged).filter(([, value]) => !isNothing(value)));
}

/** Throws InvalidParameterValue for more than anybody needs, which every version would have a copy of. */
function checkSize(shown: PlainMap): void {
  if (JSON.stringify(shown).length <= MOST_SHOWN) return;
  throw new InvalidParameterValue(
    `Waystation keeps ${MOST_SHOWN} characters of a configuration that it does not act on`,
  );
}

/** An empty text, list or structure. */
function isNothing(value: unknown): boolean {
  if (value === "") return true;
  return typeof value === "object" && value !== null && Object.keys(value).length === 0;
}
