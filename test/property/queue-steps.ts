import { isDeepStrictEqual } from "node:util";
import fc from "fast-check";
import { expect } from "vitest";
import type { ReceivedMessage } from "../../src/engine/queue/message.ts";
import type { Queue } from "../../src/engine/queue/queue.ts";
import type { QueueSettings } from "../../src/engine/queue/settings.ts";
import type { Handle, SendOptions } from "../support/naive-queue.ts";
import { aMessage, HOUR, MINUTE, SECOND } from "../support/queue.ts";

/** What can be done to a queue, and what there is to see of it. */
export interface Subject {
  send(body: string, options: SendOptions): void;
  receive(max: number, timeoutMs?: number): Handle[];
  delete(handle: Handle): string;
  changeVisibility(handle: Handle, timeoutMs: number): string;
  purge(): string;
  configure(changed: Partial<QueueSettings>): void;
  readonly counts: Queue["counts"];
}

export type Step =
  | { readonly kind: "send"; readonly count: number; readonly options: SendOptions }
  | { readonly kind: "receive"; readonly max: number; readonly timeoutMs: number | undefined }
  | { readonly kind: "delete"; readonly handle: number }
  | { readonly kind: "change"; readonly handle: number; readonly timeoutMs: number }
  | { readonly kind: "purge" }
  | { readonly kind: "configure"; readonly changed: Partial<QueueSettings> }
  | { readonly kind: "look" }
  | { readonly kind: "pass"; readonly ms: number };

/** Few and related durations, so that things fall due together and a millisecond apart. */
const durationMs = fc.constantFrom(0, 1, 999, SECOND, SECOND + 1, 5 * SECOND, 30 * SECOND);
const longDurationMs = fc.constantFrom(MINUTE, 5 * MINUTE, HOUR, 12 * HOUR);
const optional = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.option(value, { nil: undefined, freq: 2 });

const changes: fc.Arbitrary<Partial<QueueSettings>> = fc.oneof(
  fc.record({ visibilityTimeoutMs: durationMs }),
  fc.record({ delayMs: durationMs }),
  fc.record({ retentionMs: fc.constantFrom(MINUTE, 2 * MINUTE, HOUR, 96 * HOUR) }),
);

/** A step; one that sends puts up to `maxSent` messages with the same options on the queue. */
export function stepOf(options: fc.Arbitrary<SendOptions>, maxSent = 4): fc.Arbitrary<Step> {
  const kind = <const K extends string>(value: K): fc.Arbitrary<K> => fc.constant(value);
  const max = fc.integer({ min: 1, max: 10 });
  const handle = fc.nat(12);
  return fc.oneof(
    { weight: 6, arbitrary: fc.record({ kind: kind("send"), count: fc.integer({ min: 1, max: maxSent }), options }) },
    { weight: 7, arbitrary: fc.record({ kind: kind("receive"), max, timeoutMs: optional(durationMs) }) },
    { weight: 4, arbitrary: fc.record({ kind: kind("delete"), handle }) },
    {
      weight: 3,
      arbitrary: fc.record({ kind: kind("change"), handle, timeoutMs: fc.oneof(durationMs, longDurationMs) }),
    },
    { weight: 1, arbitrary: fc.record({ kind: kind("configure"), changed: changes }) },
    { weight: 1, arbitrary: fc.record({ kind: kind("look") }) },
    { weight: 6, arbitrary: fc.record({ kind: kind("pass"), ms: durationMs }) },
    { weight: 1, arbitrary: fc.record({ kind: kind("pass"), ms: longDurationMs }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom("look" as const, "purge" as const) }) },
  );
}

/** Long enough for a queue to fill, for time to pass and for what was sent to come back. */
export function manyOf<T>(step: fc.Arbitrary<T>): fc.Arbitrary<T[]> {
  return fc.array(step, { minLength: 1, maxLength: 80, size: "max" });
}

/** What the subjects of a run have been through together. */
export interface Run {
  sent: number;
  /** Handles of every receive so far. */
  readonly handles: Handle[];
  readonly now: () => number;
  readonly pass: (ms: number) => void;
}

/** Has every subject take the step; the answers of all of them, which are to be the same. */
export function takeStep(step: Step, run: Run, subjects: readonly Subject[]): readonly unknown[] {
  switch (step.kind) {
    case "pass":
      run.pass(step.ms);
      return [];
    case "send": {
      const bodies = Array.from({ length: step.count }, () => `m${run.sent++}`);
      return subjects.map((subject) => bodies.forEach((body) => void subject.send(body, step.options)));
    }
    case "receive": {
      const answers = subjects.map((subject) => subject.receive(step.max, step.timeoutMs));
      run.handles.push(...answers[0]!);
      return answers;
    }
    case "delete":
    case "change": {
      const handle = run.handles.at(-1 - step.handle);
      if (handle === undefined) return [];
      return subjects.map((subject) =>
        step.kind === "delete" ? subject.delete(handle) : subject.changeVisibility(handle, step.timeoutMs),
      );
    }
    case "purge":
      return subjects.map((subject) => subject.purge());
    case "configure":
      return subjects.map((subject) => subject.configure(step.changed));
    case "look":
      return subjects.map((subject) => subject.counts);
  }
}

/** Fails unless both are the same. Asks `expect` only for its words: it takes its time, and this runs very often. */
export function expectSame(actual: unknown, expected: unknown): void {
  if (!isDeepStrictEqual(actual, expected)) expect(actual).toEqual(expected);
}

/** The engine's queue, seen as the steps see it. */
export class EngineSubject implements Subject {
  readonly queue: Queue;
  readonly #received: Map<string, ReceivedMessage>;

  /** `received` is what handles stand for; queues that are to understand each other's share it. */
  constructor(queue: Queue, received = new Map<string, ReceivedMessage>()) {
    this.queue = queue;
    this.#received = received;
  }

  get counts(): Queue["counts"] {
    return this.queue.counts;
  }

  send(body: string, options: SendOptions): void {
    this.queue.send(aMessage(body, options));
  }

  receive(max: number, visibilityTimeoutMs?: number): Handle[] {
    return this.noted(this.queue.receive({ max, visibilityTimeoutMs }));
  }

  /** Handles for messages that were received in another way. */
  noted(received: readonly ReceivedMessage[]): Handle[] {
    return received.map((one) => {
      const handle = { body: one.message.body, count: one.receiveCount };
      this.#received.set(keyOf(handle), one);
      return handle;
    });
  }

  receivedAs(handle: Handle): ReceivedMessage {
    return this.#received.get(keyOf(handle))!;
  }

  delete(handle: Handle): string {
    return this.queue.delete(this.receivedAs(handle).receipt);
  }

  changeVisibility(handle: Handle, timeoutMs: number): string {
    return this.queue.changeVisibility(this.receivedAs(handle).receipt, timeoutMs);
  }

  purge(): string {
    return this.queue.purge();
  }

  configure(changed: Partial<QueueSettings>): void {
    this.queue.configure({ ...this.queue.settings, ...changed }, {});
  }
}

function keyOf({ body, count }: Handle): string {
  return `${body} ${count}`;
}
