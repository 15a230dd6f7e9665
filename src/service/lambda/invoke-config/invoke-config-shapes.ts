import { type InvokeConfig, LATEST } from "../../../engine/function/function.ts";
import { functionArn } from "../../../engine/function/function-book.ts";
import type { Scope } from "../../../kernel/scope.ts";
import { type Infer, integer, string, structure, timestamp } from "../../../model/shape.ts";
import { destination, qualifiedRead } from "../shapes.ts";

const destinationConfig = structure({
  OnSuccess: structure({ Destination: destination }),
  OnFailure: structure({ Destination: destination }),
});

/** What Put and Update take. */
export const invokeConfigInput = structure({
  ...qualifiedRead,
  MaximumRetryAttempts: integer({ min: 0, max: 2 }),
  MaximumEventAgeInSeconds: integer({ min: 60, max: 21_600 }),
  DestinationConfig: destinationConfig,
});

/** A configuration as answers show it. */
export const invokeConfigAnswer = structure({
  LastModified: timestamp(),
  FunctionArn: string(),
  MaximumRetryAttempts: integer(),
  MaximumEventAgeInSeconds: integer(),
  DestinationConfig: destinationConfig,
});

const SECOND_MS = 1000;

/** What a request says of a configuration. An empty destination is none. */
export function settingsGiven(given: Infer<typeof invokeConfigInput>): Omit<InvokeConfig, "modifiedAt"> {
  const { MaximumRetryAttempts: retryCount, MaximumEventAgeInSeconds: seconds, DestinationConfig } = given;
  const { onSuccess, onFailure } = destinationsGiven(DestinationConfig);
  return {
    ...(retryCount !== undefined && { retryCount }),
    ...(seconds !== undefined && { maxAgeMs: seconds * SECOND_MS }),
    ...(onSuccess && { onSuccess }),
    ...(onFailure && { onFailure }),
  };
}

/** The destinations a request names. */
export function destinationsGiven(given: Infer<typeof destinationConfig> | undefined) {
  return { onSuccess: given?.OnSuccess?.Destination, onFailure: given?.OnFailure?.Destination };
}

/** What answers say of a configuration. AWS: always of a qualifier, and with both destinations, be they empty. */
export function describedInvokeConfig(
  scope: Scope,
  name: string,
  [qualifier = LATEST, config]: readonly [qualifier: string | undefined, config: InvokeConfig],
) {
  const { modifiedAt, retryCount, maxAgeMs, onSuccess, onFailure } = config;
  return {
    LastModified: modifiedAt,
    FunctionArn: functionArn(scope, name, qualifier),
    ...(retryCount !== undefined && { MaximumRetryAttempts: retryCount }),
    ...(maxAgeMs !== undefined && { MaximumEventAgeInSeconds: maxAgeMs / SECOND_MS }),
    DestinationConfig: {
      OnSuccess: onSuccess === undefined ? {} : { Destination: onSuccess },
      OnFailure: onFailure === undefined ? {} : { Destination: onFailure },
    },
  };
}
