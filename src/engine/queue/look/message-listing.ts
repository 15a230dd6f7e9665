import type { QueueContents } from "../held/held-messages.ts";
import type { Message } from "../message.ts";
import type { InLine } from "../order/dispatch.ts";

/** Where a message is. `held` stands for visible, but behind another one of its group that is in flight or delayed. */
type ListedState = "visible" | "held" | "inFlight" | "delayed";

/** A message of a queue as somebody finds it who looks. */
export interface ListedMessage {
  readonly message: Message;
  readonly state: ListedState;
  /** When it can be received again, or when the one that holds it can: it, and all before it, may leave sooner. */
  readonly returnsAt: number | undefined;
  /** Of those that are held. */
  readonly heldBy: Message | undefined;
  readonly place: ListingPlace;
}

/**
 * The place of a message in a listing. First come those that can be received: their line and their place in it; then those in
 * flight and delayed, by the instant at which that ends, each followed by those that it holds.
 */
export type ListingPlace =
  | { readonly part: "receivable"; readonly line: number; readonly place: number }
  | { readonly part: "returning"; readonly returnsAt: number; readonly key: number; readonly heldKey: number };

/**
 * The messages behind a place, in the order in which they would be received if nothing happened but the passing of time. What
 * nobody received yet is found in O(log n); of what was, each message before the place costs a look. The queue must not change
 * until the last was taken.
 */
export function* messageListing(
  { dispatch, returns }: Pick<QueueContents, "dispatch" | "returns">,
  behind?: ListingPlace,
): Generator<ListedMessage, void, void> {
  if (behind?.part !== "returning") {
    for (const inLine of dispatch.receivable(behind)) yield receivable(inLine);
  }
  const from = behind?.part === "returning" ? behind : undefined;
  const isBefore = (message: Message, returnsAt: number): boolean =>
    from !== undefined && (returnsAt < from.returnsAt || (returnsAt === from.returnsAt && message.key < from.key));
  for (const message of returns.inOrder(isBefore)) {
    const returnsAt = returns.rankOf(message) ?? Number.POSITIVE_INFINITY;
    const isFrom = from !== undefined && message.key === from.key && returnsAt === from.returnsAt;
    if (!isFrom) yield returning(message, returnsAt);
    for (const held of dispatch.heldBy(message, isFrom ? from.heldKey : message.key)) {
      const place = { part: "returning", returnsAt, key: message.key, heldKey: held.key } as const;
      yield { message: held, state: "held", returnsAt, heldBy: message, place };
    }
  }
}

function receivable({ message, line, place }: InLine): ListedMessage {
  const found = { part: "receivable", line, place } as const;
  return { message, state: "visible", returnsAt: undefined, heldBy: undefined, place: found };
}

function returning(message: Message, returnsAt: number): ListedMessage {
  const { key } = message;
  const state = message.state === "delayed" ? "delayed" : "inFlight";
  return { message, state, returnsAt, heldBy: undefined, place: { part: "returning", returnsAt, key, heldKey: key } };
}
