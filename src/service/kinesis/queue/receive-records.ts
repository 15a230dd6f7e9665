import type { ReceivedQueueRecord } from "../../../engine/stream/queue/queue-receiving.ts";
import type { StreamQueue } from "../../../engine/stream/queue/stream-queue.ts";
import { Deferred } from "../../../kernel/event/deferred.ts";
import type { Infer } from "../../../model/shape.ts";
import type { KinesisContext } from "../operation.ts";
import { deliveringQueue, queueNotFound } from "./queue-address.ts";
import type { receiveInput, receiveOutput } from "./queue-shapes.ts";
import { formatReceiptHandle } from "./receipt-handle.ts";

type ReceiveInput = Infer<typeof receiveInput>;
type ReceiveOutput = Infer<typeof receiveOutput>;

/** AWS: API_ReceiveQueueRecords names the defaults. */
const DEFAULT_LIMIT = 10;
const DEFAULT_WAIT_SECONDS = 9;

/** Takes records, or dead letters; what it answers is deferred only when it has to wait for the first. */
export function receiveRecords(
  context: KinesisContext,
  { QueueARN, Limit, VisibilityTimeoutSeconds, WaitTimeSeconds = DEFAULT_WAIT_SECONDS }: ReceiveInput,
  isDead: boolean,
): ReceiveOutput | Deferred<ReceiveOutput> {
  const queue = deliveringQueue(context, QueueARN);
  const visibilityTimeoutMs = VisibilityTimeoutSeconds === undefined ? undefined : VisibilityTimeoutSeconds * 1000;
  const request = { max: Limit ?? DEFAULT_LIMIT, isDead, visibilityTimeoutMs };
  const received = queue.receive(request);
  if (received.length > 0) return answer(context, queue, received);
  const wait = { waitMs: WaitTimeSeconds * 1000, signal: context.call.abortNotice };
  const later = queue.receiveWhenAvailable(request, wait);
  return later instanceof Deferred
    ? later.map((came) => lateAnswer(context, queue, came))
    : lateAnswer(context, queue, later);
}

function lateAnswer(
  context: KinesisContext,
  queue: StreamQueue,
  received: readonly ReceivedQueueRecord[],
): ReceiveOutput {
  if (received.length === 0 && !queue.isDelivering) throw queueNotFound(queue.identity.arn);
  return answer(context, queue, received);
}

function answer({ call }: KinesisContext, queue: StreamQueue, received: readonly ReceivedQueueRecord[]): ReceiveOutput {
  if (received.length > 0) call.onUndelivered(() => queue.returnUndelivered(received));
  return { QueueRecords: received.map((one) => describeRecord(queue, one)) };
}

/** The id is the sequence number in hexadecimal, which every queue of the stream gives the record. */
function describeRecord(queue: StreamQueue, { record, receipt, receiveCount, firstReceivedAt }: ReceivedQueueRecord) {
  return {
    ReceiptHandle: formatReceiptHandle(queue, receipt),
    RecordId: BigInt(record.sequenceNumber).toString(16),
    PartitionKey: record.partitionKey,
    Data: record.data,
    ApproximateArrivalTimestamp: record.arrivedAt,
    FirstReceiveTimestamp: firstReceivedAt,
    ReceiveCount: receiveCount,
  };
}
