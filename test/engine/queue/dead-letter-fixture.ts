import type { MoveTask } from "../../../src/engine/queue/move/move-task-history.ts";
import type { MoveRequest } from "../../../src/engine/queue/move/move-tasks.ts";
import type { Queue } from "../../../src/engine/queue/queue.ts";
import type { QueueSettings } from "../../../src/engine/queue/settings.ts";
import { aDirectory, receive, receiveOne, SECOND, send } from "../../support/queue.ts";

/** A queue that gives up on messages, and the queue they go to then. */
export function aSource({
  maxReceiveCount = 1,
  source = {},
  target = {},
}: {
  readonly maxReceiveCount?: number;
  readonly source?: Partial<QueueSettings>;
  readonly target?: Partial<QueueSettings>;
} = {}) {
  const fixture = aDirectory();
  const deadLetters = fixture.create("dead-letters", target);
  const redrive = { deadLetterTargetArn: deadLetters.arn, maxReceiveCount };
  const queue = fixture.create("source", { visibilityTimeoutMs: 30 * SECOND, redrive, ...source });
  return { ...fixture, queue, deadLetters, redrive };
}

export const aFifoSource = () => aSource({ source: { isFifo: true }, target: { isFifo: true } });

/** A dead-letter queue, a queue whose messages end there, and a way to have them do so. */
export function aDeadLetterQueue(settings: Partial<QueueSettings> = {}) {
  const fixture = aDirectory();
  const { create, queues } = fixture;
  const deadLetters = create("dead-letters", settings);
  const aSource = (name: string): Queue =>
    create(name, { ...settings, redrive: { deadLetterTargetArn: deadLetters.arn, maxReceiveCount: 1 } });
  const fail = (queue: Queue, bodies: readonly string[]): void => {
    for (const body of bodies) {
      send(queue, [body], { groupId: body });
      receiveOne(queue, { visibilityTimeoutMs: 0 });
      receive(queue);
    }
  };
  const start = (request: Partial<MoveRequest> = {}): MoveTask =>
    queues.moves.start({ taskId: "task", source: deadLetters, ...request });
  return { ...fixture, deadLetters, source: aSource("source"), aSource, fail, start };
}
