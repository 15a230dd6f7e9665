import { joined, type Taken, takenAs } from "../../../kernel/collection/taken.ts";
import type { QueueIdentity } from "../definition.ts";
import type { Created, PlainContent, QueueEvent } from "../events.ts";
import { plainEvent } from "../plain-events.ts";
import type { QueueState } from "../queue-state.ts";
import type { CountersKept } from "./kept-events.ts";
import { messageEvent, noteOf } from "./message-note.ts";

/** Events that need nothing made of them but, of messages, their content. */
type BuildingEvent = Created | QueueEvent<PlainContent>;

/**
 * The events that build a queue whose state is the given one, all that is due included, which may change afterwards. To take them costs a place in a list for
 * each message and each deduplication id, and no more; bodies are the very texts the queue holds, or made when they are read.
 */
export function queueEvents(
  state: QueueState,
  { id, createdAt }: Pick<QueueIdentity, "id" | "createdAt">,
  now: number,
): Taken<BuildingEvent> {
  state.passTime(now);
  const { settings, attributes, tags } = state;
  const created: Created = { type: "created", at: createdAt, id, definition: { settings, attributes, tags } };
  const keptSettings = [...state.keptSettings(createdAt)];
  const counters = countersKept(state, createdAt);
  if (state.nextKey === 0 && !settings.isFifo) {
    const events: BuildingEvent[] = [created, ...keptSettings, ...counters];
    return takenAs(() => events);
  }
  const memories = settings.isFifo ? [state.accepted.taken(), state.attempts.taken()] : [];
  const all: readonly Taken<QueueEvent>[] = [
    messagesOf(state),
    takenAs(() => keptSettings),
    ...memories,
    takenAs(() => counters),
  ];
  const events = joined(all);
  return takenAs(function* () {
    yield created;
    for (const event of events) yield plainEvent(event);
  }, events.end);
}

/** The messages, and what is known of their groups. */
function messagesOf({ contents, settings: { isFifo }, nextKey }: QueueState): Taken<QueueEvent> {
  const messages = contents.retention.taken(nextKey);
  const notes = contents.takings.take(
    (message) => noteOf(message, contents),
    ({ key }) => key < nextKey,
  );
  const fairness = contents.dispatch.takeFairness();
  return takenAs(
    function* () {
      const groups = new Set<string>();
      for (const message of messages) {
        if (message.groupId !== undefined) groups.add(message.groupId);
        yield messageEvent(message, notes.of(message), isFifo);
      }
      if (fairness !== undefined) yield* fairness.of(groups);
    },
    () => {
      messages.end();
      notes.end();
      fairness?.end();
    },
  );
}

function countersKept({ nextKey, purgedAt, contents }: QueueState, createdAt: number): readonly CountersKept[] {
  const purge = Number.isFinite(purgedAt) ? { purgedAt } : undefined;
  const { endOfLine } = contents.dispatch;
  if (nextKey === 0 && purge === undefined) return [];
  const at = purge?.purgedAt ?? createdAt;
  return [{ type: "countersKept", at, nextKey, ...purge, ...(endOfLine && { endOfLine }) }];
}
