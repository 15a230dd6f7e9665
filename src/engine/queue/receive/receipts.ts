import { deliveryOf, type Message, type Receipt } from "../message.ts";
import type { QueueState } from "../queue-state.ts";

/** A receive named an attempt whose messages were deleted, changed or seen again since, so it cannot be repeated. */
export class ReceiveNotRetryable extends Error {
  override readonly name = "ReceiveNotRetryable";
}

/** The message a receipt names, while it is in flight by that very receive. */
function heldBy({ key, attempt }: Receipt, state: QueueState): Message | undefined {
  const message = state.received(key);
  return message?.state === "inFlight" && message.receiveCount === attempt ? message : undefined;
}

/** Whether a receipt's message is in flight by that very receive, and nobody made use of it: the receive can be undone. */
export function isUnused(receipt: Receipt, state: QueueState): boolean {
  return heldBy(receipt, state)?.delivery?.since === "nothing";
}

/** Why a receipt cannot be acted on, or undefined when it can. */
export function refusalOf(receipt: Receipt, state: QueueState): "gone" | "expired" | "unknown" | undefined {
  if (state.received(receipt.key) === undefined) return receipt.key < state.nextKey ? "gone" : "unknown";
  return state.settings.isFifo && heldBy(receipt, state) === undefined ? "expired" : undefined;
}

/** The messages of an earlier receive if nothing happened to them since. Throws ReceiveNotRetryable. API_ReceiveMessage. */
export function heldByAll(receipts: readonly Receipt[], state: QueueState): readonly Message[] {
  return receipts.map((receipt) => {
    const message = heldBy(receipt, state);
    if (message === undefined || deliveryOf(message).since === "changed") throw new ReceiveNotRetryable();
    return message;
  });
}
