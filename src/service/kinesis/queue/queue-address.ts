import type { QueueOfStream } from "../../../engine/stream/account/account-queues.ts";
import type { StreamQueue } from "../../../engine/stream/queue/stream-queue.ts";
import { scopeOfArn } from "../../../kernel/arn.ts";
import type { AwsError } from "../../../kernel/aws-error.ts";
import { NotYet } from "../../../kernel/not-yet.ts";
import { ResourceInUseException, ResourceNotFoundException } from "../errors.ts";
import type { KinesisContext } from "../operation.ts";
import { isServedBy } from "../stream/stream-address.ts";

/** The queue of that ARN, in whatever state, with nothing due any more. Throws ResourceNotFoundException and NotYet. The texts are ours. */
export function queueAt({ call, directory }: KinesisContext, arn: string): QueueOfStream {
  const found = directory.queueByArn(arn);
  if (found === undefined || !isServedBy(call, scopeOfArn(arn))) throw queueNotFound(arn);
  const { lag } = found.queue;
  if (lag !== undefined) throw new NotYet(lag);
  return found;
}

/** The queue, if it hands out records. AWS: the operations on records know no other error for one that does not yet. */
export function deliveringQueue(context: KinesisContext, arn: string): StreamQueue {
  const { queue } = queueAt(context, arn);
  if (!queue.isDelivering) throw queueNotFound(arn);
  return queue;
}

export function queueNotFound(arn: string): AwsError {
  return new ResourceNotFoundException(`Queue ${arn} under account ${scopeOfArn(arn).account} not found.`);
}

/** The queue is in a state in which it takes no changes. */
export function queueNotActive({ identity, status }: StreamQueue): AwsError {
  const { account } = scopeOfArn(identity.arn);
  return new ResourceInUseException(
    `Queue ${identity.name} under account ${account} not ACTIVE, instead in state ${status}`,
  );
}
