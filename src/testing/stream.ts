import type { CallOptions, Client } from "./client.ts";
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

interface RecordFilter {
  /** Id of the one shard that is wanted. */
  readonly shard?: string;
  readonly limit?: number;
}

/** A Kinesis stream as a test sees it. */
export class StreamHandle {
  /** Where the stream is, as control routes are told. */
  readonly target: Pick<Target, "stream" | "region"> & { readonly stream: string };
  /** Who is asked about it. */
  readonly client: Client;

  constructor(client: Client, target: StreamHandle["target"]) {
    this.client = client;
    this.target = target;
  }

  /** Waits for a record that was put here, or will be, and gives it. */
  async waitForRecord(expected?: Expected, options?: MessageOptions): Promise<WaitedMessage> {
    const [record] = await untilMessages(this.client, { ...this.target, expected }, options);
    return record as WaitedMessage; // it waited for one
  }

  /** Has time pass without such a record, `within` of it. Throws WaystationError as soon as there is one. */
  async expectNoRecord(expected?: Expected, options?: MessageOptions): Promise<void> {
    await expectNone(this.client, { ...this.target, expected }, options);
  }

  /** Waits until a registered consumer, or a queue of the stream, has read everything; all of them unless one is named. */
  async caughtUp(consumer?: string, options?: WaitOptions): Promise<WaitOutcome> {
    return until(this.client, { ...this.target, until: "caught-up", consumer }, options);
  }

  /** The records it keeps, shard by shard and oldest first. */
  async records(filter: RecordFilter = {}, options?: CallOptions) {
    return this.client.list(["streams/records", "records"], { ...filter, ...this.#target }, options);
  }

  /** The registered consumers, and how far they are behind. */
  async consumers(options?: CallOptions) {
    return this.client.list(["consumers", "consumers"], this.#target, options);
  }

  /** The queues of the stream: what they hold, and how far they have come in each shard. */
  async queues(options?: CallOptions) {
    return this.client.list(["stream-queues", "queues"], this.#target, options);
  }

  get #target() {
    return { ...this.target, ...this.client.scope };
  }
}
