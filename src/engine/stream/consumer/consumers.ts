import { present } from "../../../kernel/present.ts";
import type { Ledger } from "../ledger.ts";
import { countOf, type Tags, withoutTags, withTags } from "../settings.ts";
import type { Consumer } from "./consumer.ts";

/** The registered consumers of a stream. */
export class Consumers {
  readonly #ledger: Ledger;
  readonly #streamArn: string;

  constructor(ledger: Ledger, streamArn: string) {
    this.#ledger = ledger;
    this.#streamArn = streamArn;
  }

  get count(): number {
    this.#ledger.settle();
    return this.#ledger.state.consumers.size;
  }

  /** How many there can be, queues included. AWS: on-demand streams can have more where their account commits to a throughput. */
  get limit(): number {
    const { state, rules, account } = this.#ledger;
    const isAdvantage = state.settings.mode === "ON_DEMAND" && account.hasThroughputCommitment;
    return isAdvantage ? rules.quotas.consumersPerAdvantageStream : rules.quotas.consumersPerStream;
  }

  /** All of them in the order of their registration. */
  list(): readonly Consumer[] {
    this.#ledger.settle();
    return [...this.#ledger.state.consumers.all()];
  }

  find(name: string): Consumer | undefined {
    this.#ledger.settle();
    return this.#ledger.state.consumers.find(name);
  }

  /** The consumer with that ARN; an ARN of an earlier one of the same name finds none. */
  byArn(arn: string): Consumer | undefined {
    const [, name] = /\/consumer\/([^/:]+):\d+$/.exec(arn) ?? [];
    const consumer = name === undefined ? undefined : this.find(name);
    return consumer?.arn === arn ? consumer : undefined;
  }

  register(name: string, tags: Tags): Consumer | "notActive" | "exists" | "tooMany" | "tooManyCreating" {
    const at = this.#ledger.settle();
    const { state, rules } = this.#ledger;
    if (state.status !== "ACTIVE" && state.status !== "UPDATING") return "notActive";
    if (state.consumers.find(name) !== undefined) return "exists";
    if (state.consumers.size + state.queues.size >= this.limit) return "tooMany";
    const creating = this.list().filter(({ status }) => status === "CREATING");
    if (creating.length >= rules.quotas.creatingConsumers) return "tooManyCreating";
    const createdAt = Math.max(at, state.consumers.freeFrom(name));
    const arn = `${this.#streamArn}/consumer/${name}:${Math.floor(createdAt / 1000)}`;
    const activeAt = at + rules.durations.consumerCreatingMs;
    const consumer = { name, arn, createdAt, activeAt };
    this.#ledger.record({ type: "consumerRegistered", at, ...consumer, tags });
    return present(state.consumers.find(name), "a consumer");
  }

  /** Ends the consumer's subscriptions at once and itself in a while. One that is being deleted already stays so. */
  deregister(consumer: Consumer): void {
    const at = this.#ledger.settle();
    if (consumer.status === "DELETING") return;
    const goneAt = at + this.#ledger.rules.durations.consumerDeletingMs;
    this.#ledger.record({ type: "consumerDeregistered", at, goneAt, name: consumer.name });
  }

  tag(consumer: Consumer, added: Tags): "changed" | "tooMany" {
    const tags = withTags(consumer.tags, added);
    if (countOf(tags) > this.#ledger.rules.quotas.tagsPerResource) return "tooMany";
    this.#ledger.record({ type: "consumerTagged", at: this.#ledger.settle(), name: consumer.name, tags });
    return "changed";
  }

  untag(consumer: Consumer, keys: readonly string[]): void {
    const tags = withoutTags(consumer.tags, keys);
    this.#ledger.record({ type: "consumerTagged", at: this.#ledger.settle(), name: consumer.name, tags });
  }

  /** Replaces the consumer's resource policy, or removes it. */
  changePolicy(consumer: Consumer, policy: string | undefined): "changed" | "notActive" {
    const at = this.#ledger.settle();
    if (consumer.status !== "ACTIVE") return "notActive";
    this.#ledger.record({ type: "consumerPolicyChanged", at, name: consumer.name, policy });
    return "changed";
  }
}
