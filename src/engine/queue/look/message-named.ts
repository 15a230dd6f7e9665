import type { QueueContents } from "../held/held-messages.ts";
import type { Message } from "../message.ts";
import type { ListedMessage } from "./message-listing.ts";

/** A message that was looked for by its id. */
export type FoundMessage = Omit<ListedMessage, "place">;

/**
 * The message of that id: the one with the key, if the queue gave the id itself, or one that brought it along. Costs O(n) in
 * those that were received or delayed, but makes no id: a million messages take some milliseconds.
 */
export function messageNamed(
  contents: Pick<QueueContents, "retention" | "returns">,
  id: string,
  key: number | undefined,
): FoundMessage | undefined {
  const message = contents.retention.called(id, key);
  return message && found(message, contents);
}

function found(
  message: Message,
  { retention, returns }: Pick<QueueContents, "retention" | "returns">,
): FoundMessage | undefined {
  if (message.state === "gone") return undefined;
  if (message.state !== "visible") {
    return { message, state: message.state, returnsAt: returns.rankOf(message), heldBy: undefined };
  }
  // Only groups of FIFO queues hold messages back, and those have sequence numbers.
  const heldBy = message.sequenceNumber === undefined ? undefined : holderOf(message, retention.all());
  if (heldBy === undefined) return { message, state: "visible", returnsAt: undefined, heldBy };
  return { message, state: "held", returnsAt: returns.rankOf(heldBy), heldBy };
}

/** The nearest message in front of it that is in flight or delayed. */
function holderOf({ key, groupId }: Message, all: Iterable<Message>): Message | undefined {
  let holder: Message | undefined;
  for (const message of all) {
    if (message.key >= key) break;
    if (message.groupId === groupId && message.state !== "visible") holder = message;
  }
  return holder;
}
