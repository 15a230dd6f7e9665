import fc from "fast-check";
import { test } from "vitest";
import type { QueueSettings } from "../../src/engine/queue/settings.ts";
import { NaiveQueue, type SendOptions } from "../support/naive-queue.ts";
import { aQueue, defaultSettings, SECOND } from "../support/queue.ts";
import { EngineSubject, expectSame, manyOf, type Run, type Step, stepOf, takeStep } from "./queue-steps.ts";

const RUNS = 400;
const settings = (isFifo: boolean): QueueSettings => ({ ...defaultSettings, isFifo, visibilityTimeoutMs: 5 * SECOND });

/** A queue of the engine and a naive one, at the same time of day. */
function bothQueues(isFifo: boolean) {
  const { queue, clock } = aQueue(settings(isFifo));
  const engine = new EngineSubject(queue);
  const naive = new NaiveQueue(queue.settings, () => clock.now());
  const run: Run = { sent: 0, handles: [], now: () => clock.now(), pass: (ms) => clock.advance(ms) };
  return { engine, naive, run };
}

const standard: fc.Arbitrary<SendOptions> = fc.record(
  { delayMs: fc.constantFrom(0, 1, 999, SECOND, 5 * SECOND) },
  { requiredKeys: [] },
);
const fifo: fc.Arbitrary<SendOptions> = fc.record(
  { groupId: fc.constantFrom("a", "b", "c"), deduplicationId: fc.constantFrom("1", "2", "3", undefined, undefined) },
  { requiredKeys: ["groupId"] },
);
const fair: fc.Arbitrary<SendOptions> = fc.record({ groupId: fc.constantFrom("a", "a", "a", "b", undefined) });

test.for([
  { kind: "standard", isFifo: false, options: standard },
  { kind: "FIFO", isFifo: true, options: fifo },
])("a $kind queue answers every command as the naive queue does, message by message", ({ isFifo, options }) => {
  fc.assert(
    fc.property(manyOf(stepOf(options)), (steps) => {
      const { engine, naive, run } = bothQueues(isFifo);
      for (const step of steps) {
        const [actual, expected] = takeStep(step, run, [engine, naive]);
        expectSame(actual, expected);
        expectSame(engine.counts, naive.counts);
      }
    }),
    { numRuns: RUNS },
  );
});

/** A receive of a fair queue may choose among the visible messages, but must return as many as it can. */
function receiveFairly(step: Step & { kind: "receive" }, { engine, naive, run }: ReturnType<typeof bothQueues>): void {
  const receivable = naive.receivable();
  const handles = engine.receive(step.max, step.timeoutMs);
  const chosen = handles.flatMap(({ body }) => receivable.filter((message) => message.body === body));
  expectSame(new Set(chosen).size, Math.min(step.max, receivable.length));
  expectSame(naive.take(chosen, step.timeoutMs), handles);
  run.handles.push(...handles);
}

test("a fair queue returns visible messages only, loses none and counts exactly", () => {
  fc.assert(
    fc.property(manyOf(stepOf(fair, 20)), (steps) => {
      const both = bothQueues(false);
      for (const step of steps) {
        if (step.kind === "receive") receiveFairly(step, both);
        else {
          const [actual, expected] = takeStep(step, both.run, [both.engine, both.naive]);
          expectSame(actual, expected);
        }
        expectSame(both.engine.counts, both.naive.counts);
      }
    }),
    { numRuns: RUNS / 2 },
  );
});
