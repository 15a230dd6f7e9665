import type { Sent } from "../events.ts";
import type { QueueContents } from "../held/held-messages.ts";
import type { Message, MessageDelivery } from "../message.ts";
import type { MessageKept, Standing } from "./kept-events.ts";

/** What may change of a message, as it was at one moment. */
interface MessageNote {
  readonly state: Message["state"];
  readonly visibleAt: number | undefined;
  readonly isReceived: boolean;
  readonly delivery: MessageDelivery | undefined;
  readonly standing: Standing | undefined;
}

/** What many messages have in common: nothing happened to them since they were sent. */
const AS_SENT: MessageNote = {
  state: "visible",
  visibleAt: undefined,
  isReceived: false,
  delivery: undefined,
  standing: undefined,
};

export function noteOf(message: Message, contents: QueueContents): MessageNote {
  const { state, delivery, key } = message;
  const visibleAt = contents.returns.rankOf(message);
  const standing = contents.dispatch.standing(message);
  const isAsSent = state === "visible" && delivery === undefined && visibleAt === undefined && standing === undefined;
  if (isAsSent) return AS_SENT;
  const isReceived = contents.received(key) !== undefined;
  return { state, visibleAt, isReceived, delivery: delivery && { ...delivery }, standing };
}

/** What is told of a message of which that was noted. */
export function messageEvent(message: Message, note: MessageNote, isFifo: boolean): Sent | MessageKept {
  const { key, sentAt: at, origin } = message;
  const { state, visibleAt, isReceived, delivery, standing } = note;
  const isPlain = delivery === undefined && origin === undefined && standing === undefined;
  if (isPlain && !isFifo) return { type: "sent", at, key, visibleAt: visibleAt ?? at, message: contentOf(message) };
  return {
    type: "messageKept",
    at,
    key,
    message: contentOf(message),
    state: state as MessageKept["state"],
    visibleAt,
    ...(isReceived && { isReceived: true }),
    ...(delivery && { delivery }),
    ...(origin && { origin }),
    ...standing,
  };
}

function contentOf(message: Message): MessageKept["message"] {
  const { body, senderId, attributes, groupId, deduplicationId, traceHeader } = message;
  return { body, senderId, attributes, groupId, deduplicationId, traceHeader };
}
