import { InvalidParameterValue } from "../../../engine/function/function-errors.ts";
import { type Arn, parseArn } from "../../../kernel/arn.ts";
import type { Infer } from "../../../model/shape.ts";
import { fifoDestination } from "../fifo-destination.ts";
import type { FunctionAddress } from "../function/function-name.ts";
import type { LambdaContext } from "../operation.ts";
import { destinationsGiven, type invokeConfigInput } from "./invoke-config-shapes.ts";

type Given = Infer<typeof invokeConfigInput>;

type Destinations = ReturnType<typeof destinationsGiven>;

const SERVICES: ReadonlySet<string> = new Set(["sqs", "sns", "lambda", "events", "s3"]);

/** Throws InvalidParameterValue for a request that sets nothing. AWS: before the function is looked for. */
export function checkAnything({ MaximumRetryAttempts, MaximumEventAgeInSeconds, DestinationConfig }: Given): void {
  if ((MaximumRetryAttempts ?? MaximumEventAgeInSeconds ?? DestinationConfig) !== undefined) return;
  throw new InvalidParameterValue("You must specify at least one of error handling or destination setting.");
}

/** Throws InvalidParameterValue for destinations that cannot be any. AWS: queues, topics, buses and buckets are not looked up. */
export function checkDestinations(context: LambdaContext, at: FunctionAddress, given: Given): void {
  const destinations = destinationsGiven(given.DestinationConfig);
  for (const text of [destinations.onSuccess, destinations.onFailure]) {
    if (!text) continue;
    const arn = parseArn(text);
    if (arn === undefined || !SERVICES.has(arn.service)) throw unsuitable(destinations);
    // AWS: buckets, whose ARNs have no region, take failures alone.
    if (arn.service === "s3" && text === destinations.onSuccess) throw unsuitable(destinations);
    if (arn.service !== "s3" && arn.region !== at.scope.region) throw unsuitable(destinations);
    checkFifo(arn, destinations);
    if (arn.service === "lambda") checkFunction(context, at, arn, text);
  }
}

/** AWS: a topic has words of its own. */
function checkFifo({ service, resource }: Arn, destinations: Destinations): void {
  if (!resource.endsWith(".fifo")) return;
  if (service === "sns") throw fifoDestination(service);
  if (service === "sqs") throw unsuitable(destinations);
}

function checkFunction({ directory }: LambdaContext, at: FunctionAddress, arn: Arn, text: string): void {
  const [kind, name = ""] = arn.resource.split(":");
  const isThere = kind === "function" && directory.in(arn).find(name) !== undefined;
  if (!isThere) throw invalid(text);
  if (name === at.name && arn.account === at.scope.account && arn.region === at.scope.region) {
    throw new InvalidParameterValue("You can't specify the function as a destination for itself.");
  }
}

function invalid(arn: string) {
  return new InvalidParameterValue(`The destination ARN ${arn} is invalid.`);
}

/** AWS: the configuration as Java prints it. */
function unsuitable({ onSuccess, onFailure }: Destinations) {
  const success = onSuccess === undefined ? "null" : `OnSuccess(destination=${onSuccess})`;
  const failure = onFailure === undefined ? "null" : `OnFailure(destination=${onFailure})`;
  return new InvalidParameterValue(
    `The provided destination config DestinationConfig(onSuccess=${success}, onFailure=${failure}) is invalid.`,
  );
}
