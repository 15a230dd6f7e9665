import type { ReceiveRequest } from "../../../src/engine/queue/message.ts";
import { QueueDirectory } from "../../../src/engine/queue/queue-directory.ts";
import type { Disorder } from "../../../src/engine/queue/receive/disorder.ts";
import { EventLogs } from "../../../src/kernel/event/event-logs.ts";
import { seededIds } from "../../../src/kernel/ids.ts";
import { scopeOf } from "../../../src/kernel/scope.ts";
import { ControlledClock } from "../../../src/kernel/time/controlled-clock.ts";
import { defaultSettings } from "../../support/queue.ts";

const rules = { purgeCooldownMs: 0, recreateCooldownMs: 0, attributePropagationMs: 0, inFlightLimit: 120_000 };

interface Wishes extends Partial<Disorder> {
  readonly isFifo?: boolean;
  /** After how many receives a message is a dead letter. */
  readonly redrive?: number;
}

/** A queue with messages in it, in which happens what the test says. */
export function aQueue({ isFifo = false, redrive: maxReceiveCount, ...wishes }: Wishes, ...bodies: readonly string[]) {
  const clock = new ControlledClock({ now: () => 1_700_000_000_000, at: () => () => {} });
  clock.freeze();
  const disorder: Disorder = {
    sampled: (_queue, visible) => visible,
    displacement: () => 0,
    repeats: () => false,
    ...wishes,
  };
  const logs = new EventLogs();
  const directory = new QueueDirectory({
    clockOf: () => clock,
    ids: seededIds("s"),
    rules,
    logs,
    disorder: { present: disorder },
  });
  const queues = directory.in(scopeOf("000000000000", "us-east-1"));
  const settings = { ...defaultSettings, visibilityTimeoutMs: 30_000, isFifo };
  const definition = { settings, attributes: {}, tags: {} };
  const dead = queues.create("dead", definition);
  const redrive = maxReceiveCount === undefined ? {} : { redrive: { deadLetterTargetArn: dead.arn, maxReceiveCount } };
  const queue = queues.create("jobs", { ...definition, settings: { ...settings, ...redrive } });
  for (const body of bodies) {
    queue.send({ body, senderId: "s", ...(isFifo && { groupId: body, deduplicationId: body }) });
  }
  return {
    queue,
    texts: (request: ReceiveRequest) => queue.receive(request).map(({ message }) => message.body),
    deadLetters: () => Array.from(dead.look().messages(), ({ message }) => message.body),
    advance: (ms: number) => clock.advance(ms),
  };
}
