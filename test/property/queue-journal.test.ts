import fc from "fast-check";
import { test } from "vitest";
import type { QueueEvent } from "../../src/engine/queue/events.ts";
import type { ReceivedMessage } from "../../src/engine/queue/message.ts";
import { Queue } from "../../src/engine/queue/queue.ts";
import type { QueueSettings } from "../../src/engine/queue/settings.ts";
import { ControlledClock } from "../../src/kernel/controlled-clock.ts";
import { scopeOf } from "../../src/kernel/scope.ts";
import type { Handle, SendOptions } from "../support/naive-queue.ts";
import { ACCOUNT, aMessage, defaultSettings, REGION, SECOND, START, stillTime } from "../support/queue.ts";
import { EngineSubject, expectSame, manyOf, type Run, type Step, stepOf, takeStep } from "./queue-steps.ts";

const RUNS = 150;

/** What only the engine can do, and what only a journal has to reproduce. */
type EngineStep =
  | { readonly kind: "attempt"; readonly id: string }
  | { readonly kind: "undeliver"; readonly handle: number }
  | { readonly kind: "arrive"; readonly ageMs: number; readonly options: SendOptions }
  | { readonly kind: "poll" }
  | { readonly kind: "move" }
  | { readonly kind: "retag"; readonly value: string };

function engineStepOf(options: fc.Arbitrary<SendOptions>): fc.Arbitrary<EngineStep> {
  return fc.oneof(
    fc.record({ kind: fc.constant("attempt" as const), id: fc.constantFrom("1", "2") }),
    fc.record({ kind: fc.constant("undeliver" as const), handle: fc.nat(5) }),
    fc.record({ kind: fc.constant("arrive" as const), ageMs: fc.constantFrom(0, SECOND, 59 * SECOND), options }),
    fc.constant({ kind: "poll" as const }),
    fc.constant({ kind: "move" as const }),
    fc.record({ kind: fc.constant("retag" as const), value: fc.string({ maxLength: 1 }) }),
  );
}

const isEngineStep = (step: Step | EngineStep): step is EngineStep =>
  ["attempt", "undeliver", "arrive", "poll", "move", "retag"].includes(step.kind);

function takeEngineStep(step: EngineStep, run: Run, subject: EngineSubject): unknown {
  const { queue } = subject;
  switch (step.kind) {
    case "attempt":
      return attempt(subject, step.id, run);
    case "undeliver": {
      const handle = run.handles.at(-1 - step.handle);
      return handle && queue.returnUndelivered([subject.receivedAs(handle)]);
    }
    case "arrive": {
      const at = run.now() - step.ageMs;
      const history = { id: `id ${run.sent}`, sentAt: at, firstReceivedAt: at, receiveCount: 3 };
      return queue.arrive({ ...aMessage(`m${run.sent}`, step.options), ...history, deadLetterSourceArn: "arn" });
    }
    case "poll":
      // Nobody reads the answer, but the queue has to serve the wait.
      void queue.receiveWhenAvailable({ max: 3 }, { waitMs: 2 * SECOND, signal: new AbortController().signal });
      return undefined;
    case "move":
      return queue.moveNext(() => "elsewhere");
    case "retag":
      return queue.retag({ tag: step.value });
  }
}

function attempt(subject: EngineSubject, attemptId: string, run: Run): readonly Handle[] | string {
  try {
    const handles = subject.noted(subject.queue.receive({ max: 3, attemptId }));
    run.handles.push(...handles);
    return handles;
  } catch {
    return "not retryable";
  }
}

/** A clock, and queues on it that have the same beginning. */
function aFamily(settings: QueueSettings, attributePropagationMs: number) {
  const clock = new ControlledClock(stillTime);
  clock.freeze();
  const received = new Map<string, ReceivedMessage>();
  const identity = {
    id: "9e107d9d-372b-4b68-a6d7-1f0c2d3e4f50",
    name: "queue",
    arn: "arn",
    scope: scopeOf(ACCOUNT, REGION),
    createdAt: START,
  };
  const rules = { purgeCooldownMs: 0, recreateCooldownMs: 0, attributePropagationMs, inFlightLimit: 50 };
  const member = () => {
    const events: QueueEvent[] = [];
    const queue = new Queue(
      identity,
      { settings, attributes: {}, tags: {} },
      {
        clock,
        rules,
        journal: (event) => events.push(event),
        deadLetterTarget: (arn) => ({ arn, arrive: () => {} }),
      },
    );
    return { events, queue, subject: new EngineSubject(queue, received) };
  };
  return { clock, member };
}

const groupId = fc.constantFrom("a", "a", "b", "c");
const standard: fc.Arbitrary<SendOptions> = fc.record({
  groupId: fc.constantFrom("a", "a", "a", "b", undefined),
  delayMs: fc.constantFrom(undefined, undefined, SECOND),
});
const fifo: fc.Arbitrary<SendOptions> = fc.record({ groupId, deduplicationId: fc.constantFrom("1", undefined) });

test.for([
  { kind: "standard", isFifo: false, options: standard },
  { kind: "FIFO", isFifo: true, options: fifo },
])(
  "replaying the events of a $kind queue builds one with the same counts and the same future",
  ({ isFifo, options }) => {
    const steps = manyOf(
      fc.oneof({ weight: 6, arbitrary: stepOf(options, 20) }, { weight: 1, arbitrary: engineStepOf(options) }),
    );
    const redrive = { deadLetterTargetArn: "arn:dead", maxReceiveCount: 4 };
    const settings = { ...defaultSettings, isFifo, visibilityTimeoutMs: 5 * SECOND, redrive };
    fc.assert(
      fc.property(steps, steps, fc.constantFrom(0, 1500), (past, future, propagationMs) => {
        const { clock, member } = aFamily(settings, propagationMs);
        const run: Run = { sent: 0, handles: [], now: () => clock.now(), pass: (ms) => clock.advance(ms) };
        const take = (step: Step | EngineStep, subjects: readonly EngineSubject[]): readonly unknown[] => {
          if (!isEngineStep(step)) return takeStep(step, run, subjects);
          run.sent++;
          return subjects.map((subject) => takeEngineStep(step, run, subject));
        };
        const [original, replica] = [member(), member()];
        for (const step of past) take(step, [original.subject]);
        original.queue.close();
        for (const event of original.events) replica.queue.replay(event);
        const since = original.events.length;
        for (const name of ["counts", "settings", "attributes", "tags", "modifiedAt"] as const) {
          expectSame(replica.queue[name], original.queue[name]);
        }
        for (const step of future) {
          const [expected, actual] = take(step, [original.subject, replica.subject]);
          expectSame(actual, expected);
          expectSame(replica.queue.counts, original.queue.counts);
        }
        expectSame(replica.events, original.events.slice(since));
      }),
      { numRuns: RUNS },
    );
  },
);
