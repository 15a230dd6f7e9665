import { ageKeyOf, type IndexRange, OrderedIndex } from "../../../kernel/collection/ordered-index.ts";
import { Takings } from "../../../kernel/collection/taken.ts";
import { EndpointHolders } from "./endpoint-holders.ts";
import { type PropagatedCounts, PropagatingCounts, type SubscriptionCounts } from "./propagating-counts.ts";
import type { Subscription } from "./subscription.ts";

/** The subscriptions of one topic, by ARN and by endpoint. */
export class TopicSubscriptions {
  readonly #byArn = new Map<string, Subscription>();
  /** Those that are not deleted. */
  readonly #inOrder = new OrderedIndex<Subscription>(ageKeyOf);
  readonly #byEndpoint = new EndpointHolders();
  readonly #counts: PropagatingCounts;
  /** Whoever tells of subscriptions as they were. */
  readonly takings = new Takings<Subscription>();
  /** The ARN of the one that came last, whatever became of it. */
  youngestArn: string | undefined;

  /** Every change of a count shows after this time. */
  constructor(countPropagationMs: number) {
    this.#counts = new PropagatingCounts(countPropagationMs);
  }

  /** All in the order in which they came; deleted ones are not among them. Costs O(n). */
  get all(): readonly Subscription[] {
    return [...this.#byArn.values()].filter(({ state }) => state !== "deleted");
  }

  /** Whether there is none, not even a deleted one. */
  get isEmpty(): boolean {
    return this.#byArn.size === 0;
  }

  /** All in the order in which they came, deleted ones included. */
  get everyone(): Iterable<Subscription> {
    return this.#byArn.values();
  }

  /** Those of the range, by age; deleted ones are not among them. */
  list(range?: IndexRange): Iterable<Subscription> {
    return this.#inOrder.list(range);
  }

  /** How many are in which state, as far as everybody has heard of it. */
  counts(now: number): SubscriptionCounts {
    return this.#counts.shown(now);
  }

  /** The counts with their history. */
  keptCounts(now: number): PropagatedCounts {
    return this.#counts.kept(now);
  }

  keepCounts(counts: PropagatedCounts): void {
    this.#counts.keep(counts);
  }

  get(arn: string): Subscription | undefined {
    return this.#byArn.get(arn);
  }

  /** The subscription that has the endpoint, if there is one. */
  find(protocol: string, endpoint: string): Subscription | undefined {
    return this.#byEndpoint.find(protocol, endpoint);
  }

  add(subscription: Subscription): void {
    this.#counts.change(subscription.createdAt, { [subscription.state]: 1 });
    this.youngestArn = subscription.arn;
    this.#byArn.set(subscription.arn, subscription);
    this.#inOrder.set(subscription);
    this.#byEndpoint.add(subscription);
  }

  /** Lets a pending subscription, or one that was deleted, be confirmed from now on. */
  confirm(subscription: Subscription, at: number): void {
    this.#move(subscription, "confirmed", at);
    this.#inOrder.set(subscription);
    this.#byEndpoint.add(subscription);
  }

  /** Lets a subscription be deleted; it can still be got by its ARN. */
  delete(subscription: Subscription, at: number): void {
    this.#move(subscription, "deleted", at);
    this.#inOrder.delete(subscription);
    this.#byEndpoint.delete(subscription);
  }

  /** Forgets a subscription, whatever its state; a deleted one still counts. */
  forget(subscription: Subscription, at: number): void {
    this.takings.before(subscription);
    if (subscription.state !== "deleted") this.#counts.change(at, { [subscription.state]: -1 });
    this.#byArn.delete(subscription.arn);
    this.#inOrder.delete(subscription);
    this.#byEndpoint.delete(subscription);
  }

  #move(subscription: Subscription, state: Subscription["state"], at: number): void {
    if (subscription.state === state) return;
    this.#counts.change(at, { [subscription.state]: -1, [state]: 1 });
    subscription.state = state;
  }
}
