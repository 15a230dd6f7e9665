import type { QueueReceipt } from "../../../engine/stream/queue/queue-receipt.ts";
import type { ReceiptOutcome, StreamQueue } from "../../../engine/stream/queue/stream-queue.ts";
import type { ErrorIdentity } from "../../../kernel/aws-error.ts";
import type { Infer } from "../../../model/shape.ts";
import { InvalidArgumentException, ResourceNotFoundException } from "../errors.ts";
import type { KinesisContext } from "../operation.ts";
import { deliveringQueue } from "./queue-address.ts";
import type { visibilityInput } from "./queue-shapes.ts";
import { readReceiptHandle } from "./receipt-handle.ts";

interface Entry {
  readonly ReceiptHandle: string;
}

/** What is done with each entry of a call about dead letters, or about all others. */
interface EntryDeed<E extends Entry> {
  readonly isDead: boolean;
  act(queue: StreamQueue, receipt: QueueReceipt, entry: E): ReceiptOutcome;
}

/** The input of such a call. */
interface EntriesOf<E extends Entry> {
  readonly QueueARN: string;
  readonly Entries: readonly E[];
}

/** Takes records, or dead letters, out of the queue for good. */
export function acknowledgeRecords(context: KinesisContext, input: EntriesOf<Entry>, isDead: boolean) {
  return handleEntries(context, input, { isDead, act: (queue, receipt) => queue.acknowledge(receipt) });
}

/** Has records, or dead letters, that are in flight be visible so many seconds from now. */
export function changeVisibility(context: KinesisContext, input: Infer<typeof visibilityInput>, isDead: boolean) {
  return handleEntries(context, input, {
    isDead,
    act: (queue, receipt, { VisibilityTimeoutSeconds: seconds }) => queue.changeVisibility(receipt, seconds * 1000),
  });
}

/** Makes dead letters records that nobody has received. */
export function restoreRecords(context: KinesisContext, input: EntriesOf<Entry>) {
  return handleEntries(context, input, { isDead: true, act: (queue, receipt) => queue.restore(receipt) });
}

/**
 * Handles the entries of a call in their order, each by itself. A handle that succeeded has succeeded, however often the
 * call repeats it.
 */
function handleEntries<E extends Entry>(
  context: KinesisContext,
  { QueueARN, Entries }: EntriesOf<E>,
  deed: EntryDeed<E>,
) {
  const queue = deliveringQueue(context, QueueARN);
  const done = new Set<string>();
  const Successful: Entry[] = [];
  const Failed: (Entry & { readonly ErrorCode: string; readonly ErrorMessage: string })[] = [];
  for (const entry of Entries) {
    const { ReceiptHandle } = entry;
    const outcome = outcomeOf(queue, entry, deed);
    if (outcome === "done") done.add(ReceiptHandle);
    if (outcome === "done" || done.has(ReceiptHandle)) Successful.push({ ReceiptHandle });
    else Failed.push({ ReceiptHandle, ...failures[outcome] });
  }
  return { Successful, Failed };
}

function outcomeOf<E extends Entry>(queue: StreamQueue, entry: E, { isDead, act }: EntryDeed<E>): ReceiptOutcome {
  const receipt = readReceiptHandle(queue, entry.ReceiptHandle);
  return receipt === undefined || receipt.isDead !== isDead ? "unknown" : act(queue, receipt, entry);
}

/** The texts are ours. */
const failures = {
  unknown: failure(InvalidArgumentException, "The receipt handle is not valid for this operation."),
  gone: failure(ResourceNotFoundException, "The record of the receipt handle is not in the queue any more."),
};

function failure({ shape }: ErrorIdentity, ErrorMessage: string) {
  return { ErrorCode: shape, ErrorMessage };
}
