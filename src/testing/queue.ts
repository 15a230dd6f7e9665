import type { CallOptions, Client, ListInputs } from "./client.ts";
import type { Expected } from "./expected.ts";
import {
  expectNone,
  type MessageOptions,
  type Target,
  until,
  untilMessages,
  type WaitedMessage,
  type WaitOptions,
  type WaitOutcome,
} from "./waiting.ts";

/** What a queue can be waited for. */
type QueueCondition = "empty" | "drained" | "visible" | "received" | "deleted" | "dead-lettered";

interface ConditionOptions extends WaitOptions {
  /** How many messages; one unless given. */
  readonly count?: number | undefined;
}

/** A queue as a test sees it. Nothing here receives a message. */
export class QueueHandle {
  /** Where the queue is, as control routes are told. */
  readonly target: Pick<Target, "queue" | "region"> & { readonly queue: string };
  /** Who is asked about it. */
  readonly client: Client;

  constructor(client: Client, target: QueueHandle["target"]) {
    this.client = client;
    this.target = target;
  }

  /** Waits until that is so: `drained` is empty after there was a message, `dead-lettered` counts those in its dead-letter queue. */
  async wait(condition: QueueCondition, { count, ...options }: ConditionOptions = {}): Promise<WaitOutcome> {
    return until(this.client, { ...this.target, until: condition, count }, options);
  }

  /** Waits for a message that was sent here, or will be, and gives it. Throws WaystationError, which says what there was instead. */
  async waitForMessage(expected?: Expected, options?: MessageOptions): Promise<WaitedMessage> {
    const [message] = await this.waitForMessages(1, expected, options);
    return message as WaitedMessage; // it waited for one
  }

  /** The same for so many. */
  async waitForMessages(
    count: number,
    expected?: Expected,
    options?: MessageOptions,
  ): Promise<readonly WaitedMessage[]> {
    return untilMessages(this.client, { ...this.target, count, expected }, options);
  }

  /** Has time pass without such a message, `within` of it. Throws WaystationError as soon as there is one. */
  async expectNoMessage(expected?: Expected, options?: MessageOptions): Promise<void> {
    await expectNone(this.client, { ...this.target, expected }, options);
  }

  /** The messages in it, in the order in which they would be received. */
  async messages(filter: MessageFilter = {}, options?: CallOptions) {
    return this.client.list(["queues/messages", "messages"], { ...filter, ...this.#target }, options);
  }

  /** How the queue is set, what it holds and who feeds it. */
  async describe(options?: CallOptions) {
    const { queues } = await this.client.call("GET", "queues", this.#target, options);
    return queues[0] as (typeof queues)[number]; // the route refuses a queue that is not there
  }

  /** How many messages it holds, by their states. */
  async counts(options?: CallOptions) {
    const { visible, inFlight, delayed } = await this.describe(options);
    return { visible, inFlight, delayed };
  }

  /** What becomes of messages that end here, and where they came from. */
  async deadLetters(options?: CallOptions) {
    const inputs = this.#target;
    const { deadLetterQueues } = await this.client.call("GET", "dead-letters", inputs, options);
    return deadLetterQueues[0] as (typeof deadLetterQueues)[number];
  }

  get #target() {
    return { ...this.target, ...this.client.scope };
  }
}

type MessageFilter = Partial<Omit<ListInputs<"queues/messages">, "queue" | "account" | "region">>;
