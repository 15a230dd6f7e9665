import type { QueueRefusal } from "../../../engine/stream/queue/stream-queues.ts";
import type { StreamQuotas } from "../../../engine/stream/rules.ts";
import type { Stream } from "../../../engine/stream/stream.ts";
import type { AwsError } from "../../../kernel/aws-error.ts";
import { LimitExceededException, ResourceInUseException } from "../errors.ts";
import { inProvisionedMode, invalidArgument, notActive, under } from "../refusals.ts";

/** A queue that was not created. */
interface UncreatedQueue {
  readonly stream: Stream;
  readonly name: string;
  readonly quotas: StreamQuotas;
}

/** What AWS says instead of creating a queue. The texts are ours. */
export function queueRefusal(reason: QueueRefusal, { stream, name, quotas }: UncreatedQueue): AwsError {
  switch (reason) {
    case "notOnDemand":
      return inProvisionedMode(stream);
    case "future":
      return invalidArgument("The Timestamp of StartingPosition cannot lie ahead.");
    case "exists":
      return new ResourceInUseException(`Queue ${name} under account ${stream.scope.account} already exists.`);
    case "notActive":
      return notActive(stream);
    case "tooMany":
      return new LimitExceededException(
        `The number of consumers and queues of ${under(stream)} cannot be greater than ${stream.consumers.limit}.`,
      );
    case "tooManyChanging":
      return new LimitExceededException(
        `This request would exceed the limit on the number of queues that can simultaneously be in CREATING or DELETING. Limit: ${quotas.changingQueues}`,
      );
  }
}
