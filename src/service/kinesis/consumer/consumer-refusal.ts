import type { StreamQuotas } from "../../../engine/stream/rules.ts";
import type { Stream } from "../../../engine/stream/stream.ts";
import type { AwsError } from "../../../kernel/aws-error.ts";
import { LimitExceededException, ResourceInUseException } from "../errors.ts";
import { notActive, under } from "../refusals.ts";

/** A consumer that was not registered. */
interface Unregistered {
  readonly stream: Stream;
  readonly name: string;
  readonly quotas: StreamQuotas;
}

/** What AWS says instead of registering a consumer. Those of too many are ours. */
export function consumerRefusal(
  reason: "notActive" | "exists" | "tooMany" | "tooManyCreating",
  { stream, name, quotas }: Unregistered,
): AwsError {
  switch (reason) {
    case "notActive":
      return notActive(stream);
    case "exists":
      return new ResourceInUseException(
        `Consumer ${name} under stream ${stream.name} already exists for account ${stream.scope.account}.`,
      );
    case "tooMany":
      return new LimitExceededException(
        `The number of consumers of ${under(stream)} cannot be greater than ${stream.consumers.limit}.`,
      );
    case "tooManyCreating":
      return new LimitExceededException(
        `The number of consumers of ${under(stream)} that are in CREATING cannot be greater than ${quotas.creatingConsumers}.`,
      );
  }
}
