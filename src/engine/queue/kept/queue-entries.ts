import type { QueueIdentity } from "../definition.ts";
import type { Created, PlainContent, QueueEvent } from "../events.ts";
import { Message } from "../message.ts";
import { plainEvent } from "../plain-events.ts";
import type { QueueState } from "../queue-state.ts";
import type { MessageKept } from "./kept-events.ts";

type BuildingEvent = Created | QueueEvent<PlainContent>;

/**
 * The events that build a queue whose state is the given one, which may change afterwards: what may is taken at once, and each event
 * is made when it is read. Costs O(n), and no more than a place in a list for each message to which nothing happened since it was
 * sent. Bodies are the very texts the queue holds, unless they are shared.
 */
export function queueEvents(
  state: QueueState,
  { id, createdAt }: Pick<QueueIdentity, "id" | "createdAt">,
): Iterable<BuildingEvent> {
  const { settings, attributes, tags } = state;
  const created: Created = { type: "created", at: createdAt, id, definition: { settings, attributes, tags } };
  const messages: (Message | QueueEvent)[] = [];
  for (const message of state.contents.retention.all()) {
    messages.push(isAsSent(message, state) ? message : messageEvent(message, state));
  }
  const others = [...otherEvents(state, createdAt)];
  const { isFifo } = settings;
  return {
    *[Symbol.iterator]() {
      yield created;
      for (const one of messages) yield plainEvent(one instanceof Message ? eventAsSent(one, isFifo) : one);
      for (const event of others) yield event as QueueEvent<PlainContent>;
    },
  };
}

/** Whether nothing happened to a message since it was sent, so that it can be told later, from what does not change of it. */
function isAsSent(message: Message, { contents: { dispatch, returns } }: QueueState): boolean {
  if (message.state !== "visible" || message.delivery !== undefined || returns.rankOf(message) !== undefined)
    return false;
  return message.origin === undefined && dispatch.standing(message) === undefined;
}

/** What is told of such a message. */
function eventAsSent(message: Message, isFifo: boolean): QueueEvent {
  const { key, sentAt: at } = message;
  if (!isFifo) return { type: "sent", at, key, visibleAt: at, message: contentOf(message) };
  return { type: "messageKept", at, key, message: contentOf(message), state: "visible", visibleAt: undefined };
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

/** A message that is not as it was sent, or is delayed. */
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
