import { LONGEST_VISIBILITY_MS } from "../limits.ts";
import { deliveryOf, type Message, type Receipt, type ReceivedMessage } from "../message.ts";
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

/** The receipts whose messages are in flight by that very receive, and nobody made use of: those receives can be undone. */
export function unusedOf(received: readonly Pick<ReceivedMessage, "receipt">[], state: QueueState): readonly Receipt[] {
  return received
    .map(({ receipt }) => receipt)
    .filter((receipt) => heldBy(receipt, state)?.delivery?.since === "nothing");
}

/** Whether a received message would be hidden for longer than it may be, counted from its receive. */
export function isBeyondLimit(message: Message, visibleAt: number): boolean {
  return visibleAt - deliveryOf(message).receivedAt > LONGEST_VISIBILITY_MS;
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
