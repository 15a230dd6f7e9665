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

/** A topic as a test sees it. */
export class TopicHandle {
  /** Where the topic is, as control routes are told. */
  readonly target: Pick<Target, "topic" | "region"> & { readonly topic: string };
  /** Who is asked about it. */
  readonly client: Client;

  constructor(client: Client, target: TopicHandle["target"]) {
    this.client = client;
    this.target = target;
  }

  /** Waits for a message that was published here, or with the event `delivered` to one of its subscriptions, and gives it. */
  async waitForMessage(expected?: Expected, options?: MessageOptions): Promise<WaitedMessage> {
    const [message] = await untilMessages(this.client, { ...this.target, expected }, options);
    return message as WaitedMessage; // it waited for one
  }

  /** Has time pass without such a message, `within` of it. Throws WaystationError as soon as there is one. */
  async expectNoMessage(expected?: Expected, options?: MessageOptions): Promise<void> {
    await expectNone(this.client, { ...this.target, expected }, options);
  }

  /** Waits until every delivery has arrived or was given up. `within: "1h"` goes through an hour of retries. */
  async settled(options?: WaitOptions): Promise<WaitOutcome> {
    return until(this.client, { ...this.target, until: "deliveries-settled" }, options);
  }

  /** The subscriptions, with their filters in plain words. */
  async subscriptions(options?: CallOptions) {
    const inputs = { ...this.target, ...this.client.scope };
    return this.client.list(["subscriptions", "subscriptions"], inputs, options);
  }

  /** Which subscriptions would get that message, and why the others would not. Publishes nothing. */
  async match(message: string, attributes?: object, options?: CallOptions) {
    const inputs = { ...this.target, ...this.client.scope };
    const asked = { ...inputs, message, attributes, limit: 1000 };
    return (await this.client.call("POST", "topics/match", asked, options)).subscriptions;
  }
}
