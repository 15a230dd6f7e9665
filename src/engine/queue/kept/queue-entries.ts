import type { QueueIdentity } from "../definition.ts";
import type { Created, PlainContent, QueueEvent } from "../events.ts";
import type { Message } from "../message.ts";
import { plainEvent } from "../plain-events.ts";
import type { QueueState } from "../queue-state.ts";
import type { MessageKept } from "./kept-events.ts";

/**
 * The events that build a queue whose state is the given one. Costs O(n), one event at a time; the state may not change
 * until the last was taken. Bodies are the very texts the queue holds, unless they are shared.
 */
export function* queueEvents(
  state: QueueState,
  { id, createdAt }: Pick<QueueIdentity, "id" | "createdAt">,
): Generator<Created | QueueEvent<PlainContent>, void, void> {
  const { settings, attributes, tags } = state;
  yield { type: "created", at: createdAt, id, definition: { settings, attributes, tags } };
  for (const message of state.contents.retention.all()) yield plainEvent(messageEvent(message, state));
  for (const event of otherEvents(state, createdAt)) yield event as QueueEvent<PlainContent>;
}

function* otherEvents(state: QueueState, createdAt: number): Generator<QueueEvent, void, void> {
  const { attempts, nextKey, purgedAt, accepted, contents } = state;
  yield* state.keptSettings(createdAt);
  if (state.settings.isFifo) {
    yield* accepted.kept();
    for (const { id, at, receipts } of attempts.kept()) yield { type: "attempted", at, attemptId: id, receipts };
  } else yield* contents.dispatch.keptFairness();
  const purge = Number.isFinite(purgedAt) ? { purgedAt } : undefined;
  const { endOfLine } = contents.dispatch;
  if (nextKey > 0 || purge)
    yield {
      type: "countersKept",
      at: purge?.purgedAt ?? createdAt,
      nextKey,
      ...purge,
      ...(endOfLine && { endOfLine }),
    };
}

/** The message as it was sent, if that is all there is to say about it. */
function messageEvent(message: Message, state: QueueState): QueueEvent {
  const { key, sentAt: at, delivery, origin } = message;
  const { dispatch, returns } = state.contents;
  const standing = dispatch.standing(message);
  const visibleAt = returns.rankOf(message);
  const isPlain = delivery === undefined && origin === undefined && standing === undefined;
  if (isPlain && !state.settings.isFifo) {
    return { type: "sent", at, key, visibleAt: visibleAt ?? at, message: contentOf(message) };
  }
  return {
    type: "messageKept",
    at,
    key,
    message: contentOf(message),
    state: message.state as MessageKept["state"],
    visibleAt,
    ...(state.received(key) !== undefined && { isReceived: true }),
    ...(delivery && { delivery: { ...delivery } }),
    ...(origin && { origin }),
    ...standing,
  };
}

function contentOf(message: Message): MessageKept["message"] {
  const { body, senderId, attributes, groupId, deduplicationId, traceHeader } = message;
  return { body, senderId, attributes, groupId, deduplicationId, traceHeader };
}
