import type { ReceivedMessage, ReceiveRequest } from "../../../engine/queue/message.ts";
import { ReceiveNotRetryable } from "../../../engine/queue/receive/receipts.ts";
import type { AwsError } from "../../../kernel/aws-error.ts";
import { Deferred } from "../../../kernel/event/deferred.ts";
import { invalidValue, OverLimit } from "../errors.ts";
import type { QueueContext } from "../operation.ts";
import { type WireMessage, type Wished, wireMessages } from "./wire-message.ts";

/** What ReceiveMessage is asked. */
interface ReceiveInput extends Wished {
  readonly MaxNumberOfMessages?: number | undefined;
  readonly VisibilityTimeout?: number | undefined;
  readonly WaitTimeSeconds?: number | undefined;
  readonly ReceiveRequestAttemptId?: string | undefined;
}

/** AWS: no key at all when nothing was received. */
interface ReceiveResult {
  readonly Messages?: readonly WireMessage[];
}

/** Takes messages; what it answers is deferred only when it has to wait for the first. */
export function receive(context: QueueContext, input: ReceiveInput): ReceiveResult | Deferred<ReceiveResult> {
  const { queue } = context;
  const request = requestOf(input);
  const { settings } = queue;
  const { waitMs = settings.receiveWaitMs } = request;
  const received = receiveWithin(context, request, waitMs);
  if (received instanceof Deferred) {
    return received.map(
      (came) => answer(context, input, came),
      (cause) => {
        throw notRetryable(cause, request) ?? cause;
      },
    );
  }
  if (received.length > 0) return answer(context, input, received);
  // AWS: FIFO queues and long polls are answered with nothing instead.
  if (!settings.isFifo && queue.isAtInFlightLimit) {
    throw new OverLimit(
      "Too many messages have been received without being deleted.\nPlease delete your received messages or let them timeout before receiving more.",
    );
  }
  return {};
}

function receiveWithin(
  { call, queue }: QueueContext,
  request: ReceiveRequest,
  waitMs: number,
): readonly ReceivedMessage[] | Deferred<readonly ReceivedMessage[]> {
  try {
    if (waitMs === 0) return queue.receive(request);
    return queue.receiveWhenAvailable(request, { waitMs, signal: call.abortNotice });
  } catch (cause) {
    throw notRetryable(cause, request) ?? cause;
  }
}

function answer(context: QueueContext, input: ReceiveInput, received: readonly ReceivedMessage[]): ReceiveResult {
  if (received.length === 0) return {};
  const { call, queue } = context;
  call.onUndelivered(() => queue.returnUndelivered(received));
  return { Messages: wireMessages(queue, received, input) };
}

function requestOf(input: ReceiveInput): ReceiveRequest {
  const { MaxNumberOfMessages, VisibilityTimeout, WaitTimeSeconds, ReceiveRequestAttemptId } = input;
  return {
    max: MaxNumberOfMessages ?? 1,
    visibilityTimeoutMs: VisibilityTimeout === undefined ? undefined : VisibilityTimeout * 1000,
    waitMs: WaitTimeSeconds === undefined ? undefined : WaitTimeSeconds * 1000,
    attemptId: ReceiveRequestAttemptId,
  };
}

function notRetryable(cause: unknown, { attemptId }: ReceiveRequest): AwsError | undefined {
  if (!(cause instanceof ReceiveNotRetryable)) return undefined;
  return invalidValue(
    "ReceiveRequestAttemptId",
    attemptId,
    "The receiveRequestAttemptId is not valid anymore since the receive call is not retryable.",
  );
}
