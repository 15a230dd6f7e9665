import type { QueueReceipt } from "../../../engine/stream/queue/queue-receipt.ts";
import type { ReceiptOutcome, StreamQueue } from "../../../engine/stream/queue/stream-queue.ts";
import type { ErrorIdentity } from "../../../kernel/aws-error.ts";
import { InvalidArgumentException, ResourceNotFoundException } from "../errors.ts";
import { readReceiptHandle } from "./receipt-handle.ts";

interface Entry {
  readonly ReceiptHandle: string;
}

/** What is done with each entry of a call about dead letters, or about all others. */
interface EntryDeed<E extends Entry> {
  readonly isDead: boolean;
  act(receipt: QueueReceipt, entry: E): ReceiptOutcome;
}

/**
 * Handles the entries of a call in their order, each by itself. A handle that succeeded has succeeded, however often the
 * call repeats it.
 */
export function handleEntries<E extends Entry>(queue: StreamQueue, entries: readonly E[], deed: EntryDeed<E>) {
  const done = new Set<string>();
  const Successful: Entry[] = [];
  const Failed: (Entry & { readonly ErrorCode: string; readonly ErrorMessage: string })[] = [];
  for (const entry of entries) {
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
  return receipt === undefined || receipt.isDead !== isDead ? "unknown" : act(receipt, entry);
}

/** The texts are ours. */
const failures = {
  unknown: failure(InvalidArgumentException, "The receipt handle is not valid for this operation."),
  gone: failure(ResourceNotFoundException, "The record of the receipt handle is not in the queue any more."),
};

function failure({ shape }: ErrorIdentity, ErrorMessage: string) {
  return { ErrorCode: shape, ErrorMessage };
}
