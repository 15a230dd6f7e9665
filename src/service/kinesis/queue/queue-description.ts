import type { QueueOfStream } from "../../../engine/stream/account/account-queues.ts";
import type { LifecycleStatus } from "../../../engine/stream/lifecycle.ts";
import type { QueueSettings } from "../../../engine/stream/queue/queue-events.ts";
import { wholeSecond } from "../stream/descriptions.ts";

/**
 * A queue as the operations on one of them show it; an answer to a change shows the state of the moment in which it was
 * accepted, whatever has become of it in the meantime. AWS: where it begins is known from its first ACTIVE moment on.
 */
export function describeQueue({ stream, queue }: QueueOfStream, status: LifecycleStatus = queue.status) {
  const { start, startsAt, settings } = queue;
  const asked = start.type === "AT_TIMESTAMP" ? start.instant : undefined;
  const Timestamp = status === "CREATING" ? asked : startsAt;
  return {
    ...identityOf({ stream, queue }, status),
    StreamConfigurationList: [{ StreamARN: stream.arn, StartingPosition: { Type: start.type, Timestamp } }],
    QueueAttributes: describeSettings(settings),
  };
}

/** A queue in a listing. */
export function summariseQueue(found: QueueOfStream) {
  const { arn, createdAt } = found.stream;
  return {
    ...identityOf(found, found.queue.status),
    Streams: [{ StreamARN: arn, StreamCreationTimestamp: wholeSecond(createdAt) }],
  };
}

function identityOf({ queue }: QueueOfStream, status: LifecycleStatus) {
  const { name, arn, createdAt } = queue.identity;
  return { QueueName: name, QueueARN: arn, QueueStatus: status, QueueCreationTimestamp: wholeSecond(createdAt) };
}

function describeSettings({ visibilityTimeoutMs, maxReceiveCount }: QueueSettings) {
  return {
    VisibilityTimeoutSeconds: visibilityTimeoutMs / 1000,
    DeadLetterConfiguration:
      maxReceiveCount === undefined
        ? { TargetType: "NONE" }
        : { TargetType: "BUILT_IN", MaxReceiveCount: maxReceiveCount },
  };
}
