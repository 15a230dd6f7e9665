import fc from "fast-check";
import type { Receipt, ReceivedMessage, SharedText } from "../../../src/engine/queue/message.ts";
import type { Queue } from "../../../src/engine/queue/queue.ts";
import type { QueueDirectory } from "../../../src/engine/queue/queue-directory.ts";
import type { Disorder, DisorderPort } from "../../../src/engine/queue/receive/disorder.ts";
import type { QueueSettings } from "../../../src/engine/queue/settings.ts";
import { formatArn } from "../../../src/kernel/arn.ts";
import { scopeOf } from "../../../src/kernel/scope.ts";
import { ACCOUNT, aMessage, defaultSettings, HOUR, MINUTE, REGION, SECOND } from "../../support/queue.ts";

export const SCOPE = scopeOf(ACCOUNT, REGION);
export const NAMES = ["orders", "bills", "dead-letters"] as const;
type Name = (typeof NAMES)[number];

/** What a message is sent with. */
export interface Sending {
  readonly groupId?: string | undefined;
  readonly deduplicationId?: string | undefined;
  readonly delayMs?: number | undefined;
}

/** What can be done to the queues. `handle` counts from the message received last. */
export type Command =
  | { readonly kind: "send"; readonly to: Name; readonly count: number; readonly form: Form; readonly sending: Sending }
  | {
      readonly kind: "receive";
      readonly from: Name;
      readonly max: number;
      readonly visibilityTimeoutMs: number | undefined;
      readonly attemptId: string | undefined;
      readonly mishap: Mishap;
    }
  | { readonly kind: "poll"; readonly from: Name }
  | { readonly kind: "delete"; readonly handle: number; readonly count: number; readonly mishap: Mishap }
  | { readonly kind: "change"; readonly handle: number; readonly timeoutMs: number }
  | { readonly kind: "undeliver"; readonly handle: number }
  | { readonly kind: "purge" | "remove"; readonly queue: Name }
  | { readonly kind: "configure"; readonly queue: Name; readonly changed: Partial<QueueSettings> }
  | { readonly kind: "tag"; readonly queue: Name; readonly value: string }
  | {
      readonly kind: "move";
      readonly perSecond: number | undefined;
      readonly destination: Name | undefined;
    }
  | { readonly kind: "cancel" }
  | { readonly kind: "reset" };

/** What of disorder happens with a command. */
interface Mishap {
  readonly displacedBy: number;
  readonly isRepeated: boolean;
  readonly waitMs: number | undefined;
}

/** In which form the content comes: plain, with a shared body, or with attributes of text and of bytes. */
type Form = "plain" | "shared" | "attributes";

const kind = <const K extends string>(value: K): fc.Arbitrary<K> => fc.constant(value);
const durationMs = fc.constantFrom(0, 1, 999, SECOND, 5 * SECOND, 30 * SECOND);
const queue = fc.constantFrom("orders", "orders", "orders", "bills", "dead-letters") satisfies fc.Arbitrary<Name>;
const handle = fc.nat(12);
const maybe = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(value, { nil: undefined, freq: 1 });

const mishap: fc.Arbitrary<Mishap> = fc.record({
  displacedBy: fc.constantFrom(0, 0, 0, 1, 5),
  isRepeated: fc.constantFrom(false, false, false, true),
  waitMs: fc.constantFrom(undefined, 0, SECOND),
});

const changes: fc.Arbitrary<Partial<QueueSettings>> = fc.oneof(
  fc.record({ visibilityTimeoutMs: durationMs }),
  fc.record({ delayMs: durationMs }),
  fc.record({ retentionMs: fc.constantFrom(MINUTE, 2 * MINUTE, HOUR) }),
  fc.record({ redrive: fc.constant(undefined) }),
  fc.record({ contentBasedDeduplication: fc.boolean() }),
  fc.record({ deduplicationScope: fc.constantFrom("queue" as const, "messageGroup" as const) }),
);

/** Commands to queues whose messages are sent like that. */
export function commandsOf(sending: fc.Arbitrary<Sending>): fc.Arbitrary<Command> {
  const form = fc.constantFrom<Form[]>("plain", "plain", "shared", "attributes");
  const weighed = (weight: number, arbitrary: fc.Arbitrary<Command>) => ({ weight, arbitrary });
  return fc.oneof(
    weighed(32, fc.record({ kind: kind("send"), to: queue, count: fc.integer({ min: 1, max: 20 }), form, sending })),
    weighed(
      40,
      fc.record({
        kind: kind("receive"),
        from: queue,
        max: fc.integer({ min: 1, max: 10 }),
        visibilityTimeoutMs: maybe(durationMs),
        attemptId: fc.constantFrom(undefined, undefined, "1", "2"),
        mishap,
      }),
    ),
    weighed(4, fc.record({ kind: kind("poll"), from: queue })),
    weighed(16, fc.record({ kind: kind("delete"), handle, count: fc.constantFrom(1, 1, 10), mishap })),
    weighed(12, fc.record({ kind: kind("change"), handle, timeoutMs: fc.oneof(durationMs, fc.constant(12 * HOUR)) })),
    weighed(4, fc.record({ kind: kind("undeliver"), handle })),
    weighed(2, fc.record({ kind: fc.constantFrom("purge" as const, "remove" as const), queue })),
    weighed(4, fc.record({ kind: kind("configure"), queue, changed: changes })),
    weighed(4, fc.record({ kind: kind("tag"), queue, value: fc.string({ maxLength: 1 }) })),
    weighed(
      12,
      fc.record({
        kind: kind("move"),
        perSecond: fc.constantFrom(undefined, 1, 2),
        destination: fc.constantFrom(undefined, undefined, "orders" as const, "dead-letters" as const),
      }),
    ),
    weighed(4, fc.record({ kind: kind("cancel") })),
    weighed(1, fc.record({ kind: kind("reset") })),
  );
}

const arnOf = (name: string): string => formatArn("sqs", SCOPE, name);

/** Has the queues do it; a queue that is not there is created first. */
export class QueueCommands {
  readonly directory: QueueDirectory;
  readonly #settings: Partial<QueueSettings>;
  readonly #disorder: DisorderPort;

  constructor(
    directory: QueueDirectory,
    settings: Partial<QueueSettings>,
    disorder: DisorderPort = { present: undefined },
  ) {
    this.directory = directory;
    this.#settings = settings;
    this.#disorder = disorder;
  }

  run(command: Command, answers: readonly unknown[]): unknown {
    this.#disorder.present = "mishap" in command ? disorderOf(command.mishap) : undefined;
    try {
      return this.#run(command, answers);
    } finally {
      this.#disorder.present = undefined;
    }
  }

  #run(command: Command, answers: readonly unknown[]): unknown {
    switch (command.kind) {
      case "send":
        return this.#send(command, answers.length);
      case "receive":
        return shown(command.from, this.#queue(command.from).receive({ ...command, ...command.mishap }));
      case "poll":
        // Nobody reads the answer, but the queue has to serve the wait.
        void this.#queue(command.from).receiveWhenAvailable({ max: 3 }, { waitMs: 2 * SECOND, signal: neverAborted() });
        return undefined;
      case "delete":
        return handlesIn(answers, command).map(({ from, receipt }) => this.#queue(from).delete(receipt));
      case "change":
        return handlesIn(answers, command).map(({ from, receipt }) =>
          this.#queue(from).changeVisibility(receipt, command.timeoutMs),
        );
      case "undeliver":
        return handlesIn(answers, command).map((received) => this.#queue(received.from).returnUndelivered([received]));
      case "purge":
        return this.#queue(command.queue).purge();
      case "remove":
        return this.#remove(this.#queue(command.queue));
      case "configure":
        return this.#configure(this.#queue(command.queue), command.changed);
      case "tag":
        return this.#queue(command.queue).retag({ tag: command.value });
      case "move":
        return this.#move(command, `task ${answers.length}`);
      case "cancel":
        return this.#cancel();
      case "reset":
        return this.directory.reset(ACCOUNT);
    }
  }

  #queue(name: Name): Queue {
    const queues = this.directory.in(SCOPE);
    const existing = queues.find(name);
    if (existing !== undefined) return existing;
    if (queues.wasDeletedRecently(name)) throw new Error("deleted recently");
    const redrive = { deadLetterTargetArn: arnOf("dead-letters"), maxReceiveCount: 2 };
    const own = name === "dead-letters" ? undefined : { redrive };
    const settings = { ...defaultSettings, ...this.#settings, ...own };
    return queues.create(name, { settings, attributes: { A: name }, tags: {} });
  }

  #send({ to, count, form, sending }: Command & { readonly kind: "send" }, number: number): unknown {
    const queue = this.#queue(to);
    return Array.from({ length: count }, (_, index) => {
      const text = `message ${number}.${index}`;
      const message = { ...aMessage(text, sending), ...(form === "attributes" && { attributes }) };
      return form === "shared" ? queue.send({ ...message, body: sharedText(text) }, "reader") : queue.send(message);
    });
  }

  #remove(queue: Queue): void {
    this.directory.in(SCOPE).delete(queue);
  }

  #configure(queue: Queue, changed: Partial<QueueSettings>): void {
    queue.configure({ ...queue.settings, ...changed }, { A: JSON.stringify(changed) });
  }

  #move({ perSecond, destination }: Command & { readonly kind: "move" }, taskId: string): unknown {
    const source = this.#queue("dead-letters");
    const { moves } = this.directory.in(SCOPE);
    if (moves.activeFor(source) !== undefined) return "active";
    const destinationArn = destination && arnOf(destination);
    return { ...moves.start({ taskId, source, destinationArn, perSecond }) };
  }

  #cancel(): unknown {
    const { moves } = this.directory.in(SCOPE);
    const task = moves.activeFor(this.#queue("dead-letters"));
    return task && moves.cancel(task);
  }
}

function disorderOf({ displacedBy, isRepeated }: Mishap): Disorder {
  return {
    sampled: (_queue, visible) => visible >> 1,
    displacement: () => displacedBy,
    repeats: () => isRepeated,
  };
}

const neverAborted = (): AbortSignal => new AbortController().signal;

const attributes = {
  text: { dataType: "String", value: "text" },
  bytes: { dataType: "Binary", value: Buffer.from([0, 127, 255]) },
};

function sharedText(text: string): SharedText {
  return { textFor: (reader) => `${text} for ${reader}` };
}

/** A message as it was received, and from where. */
interface Shown {
  readonly from: Name;
  readonly receipt: Receipt;
}

/** All there is to see of received messages. */
function shown(from: Name, received: readonly ReceivedMessage[]): readonly Shown[] {
  return received.map(({ message, receipt, receiveCount, firstReceivedAt }) => {
    const { id, body, senderId, sentAt, groupId, attributes, deduplicationId, sequenceNumber } = message;
    const { traceHeader, deadLetterSourceArn, receiveCountHere } = message;
    const content = { id, body, senderId, sentAt, groupId, attributes, deduplicationId, sequenceNumber, traceHeader };
    return { from, receipt, receiveCount, firstReceivedAt, deadLetterSourceArn, receiveCountHere, ...content };
  });
}

function handlesIn(
  answers: readonly unknown[],
  { handle, count = 1 }: { readonly handle: number; readonly count?: number },
): readonly Shown[] {
  const received = answers.flat().filter((answer): answer is Shown => Object.hasOwn(Object(answer), "receipt"));
  return received.slice(0, received.length - handle).slice(-count);
}
