import fc from "fast-check";
import { test } from "vitest";
import type { QueueSettings } from "../../src/engine/queue/settings.ts";
import { NaiveQueue, type SendOptions } from "../support/naive-queue.ts";
import { aDirectory, defaultSettings, SECOND } from "../support/queue.ts";
import { EngineSubject, expectSame, manyOf, type Run, type Step, stepOf, takeStep } from "./queue-steps.ts";

const RUNS = 300;

/** A queue and the one its dead letters go to, of the engine and naive ones, at the same time of day. */
function aFamily(isFifo: boolean) {
  const { create, clock } = aDirectory();
  const settings: QueueSettings = { ...defaultSettings, isFifo, visibilityTimeoutMs: 5 * SECOND };
  const deadLetters = create("dead-letters", settings);
  const redriveTo = (maxReceiveCount: number) => ({ deadLetterTargetArn: deadLetters.arn, maxReceiveCount });
  const source = create("source", { ...settings, redrive: redriveTo(2) });
  const now = () => clock.now();
  const naiveDeadLetters = new NaiveQueue(settings, now);
  const naiveSource = new NaiveQueue(source.settings, now, naiveDeadLetters);
  const clan = (engine: EngineSubject, naive: NaiveQueue) => {
    const run: Run = { sent: 0, handles: [], now, pass: (ms) => clock.advance(ms) };
    return { run, subjects: [engine, naive] as const };
  };
  return {
    redriveTo,
    source: clan(new EngineSubject(source), naiveSource),
    deadLetters: clan(new EngineSubject(deadLetters), naiveDeadLetters),
  };
}

type FamilyStep =
  | { readonly at: "source" | "deadLetters"; readonly step: Step }
  | { readonly at: "policy"; readonly maxReceiveCount: number };

/** Messages are sent to the source alone, so that a body tells a message from all others. */
function familySteps(options: fc.Arbitrary<SendOptions>): fc.Arbitrary<FamilyStep[]> {
  const step = stepOf(options);
  const afterSend = step.filter(({ kind }) => kind !== "send");
  return manyOf(
    fc.oneof(
      { weight: 12, arbitrary: fc.record({ at: fc.constant("source" as const), step }) },
      { weight: 5, arbitrary: fc.record({ at: fc.constant("deadLetters" as const), step: afterSend }) },
      {
        weight: 1,
        arbitrary: fc.record({ at: fc.constant("policy" as const), maxReceiveCount: fc.constantFrom(1, 2, 3) }),
      },
    ),
  );
}

const standard: fc.Arbitrary<SendOptions> = fc.record(
  { delayMs: fc.constantFrom(0, 1, SECOND, 5 * SECOND) },
  { requiredKeys: [] },
);
const fifo: fc.Arbitrary<SendOptions> = fc.record(
  { groupId: fc.constantFrom("a", "b", "c"), deduplicationId: fc.constantFrom("1", "2", undefined, undefined) },
  { requiredKeys: ["groupId"] },
);

test.for([
  { kind: "standard", isFifo: false, options: standard },
  { kind: "FIFO", isFifo: true, options: fifo },
])("a $kind queue and its dead-letter queue answer as naive ones do", ({ isFifo, options }) => {
  fc.assert(
    fc.property(familySteps(options), (steps) => {
      const { redriveTo, ...family } = aFamily(isFifo);
      for (const { at, ...rest } of steps) {
        const { run, subjects } = family[at === "policy" ? "source" : at];
        const step: Step =
          "step" in rest ? rest.step : { kind: "configure", changed: { redrive: redriveTo(rest.maxReceiveCount) } };
        const [actual, expected] = takeStep(step, run, subjects);
        expectSame(actual, expected);
        for (const { subjects: both } of [family.source, family.deadLetters]) {
          expectSame(both[0].counts, both[1].counts);
        }
      }
    }),
    { numRuns: RUNS },
  );
});
