import type { SubscriptionRules } from "../rules.ts";
import type { Position } from "../shard/record-log.ts";

/** Why a subscription ends before its time. */
export type SubscriptionEnd = "takenOver" | "consumerDeregistered" | "streamDeleted" | "closed";

/** The right of one subscription to a shard. */
export interface Lease {
  readonly startedAt: number;
  readonly endsAt: number;
  endedBy: SubscriptionEnd | undefined;
  /** How far its subscriber has got; undefined while nobody listens. */
  position: Position | undefined;
}

/** Who is subscribed to what: a consumer has one subscription per shard, which the next one takes over. */
export class Leases {
  readonly #rules: SubscriptionRules;
  readonly #byConsumer = new Map<string, Map<number, Lease>>();

  constructor(rules: SubscriptionRules) {
    this.#rules = rules;
  }

  /**
   * Whether the consumer's present subscription to the shard may not be taken over yet, which counts from its start
   * whether or not somebody still listens. API_SubscribeToShard.
   */
  isExclusive(consumer: string, shard: number, now: number): boolean {
    const present = this.#byConsumer.get(consumer)?.get(shard);
    return present !== undefined && now < present.startedAt + this.#rules.exclusiveMs;
  }

  /** Ends the consumer's present subscription to the shard, if there is one, and starts another. */
  take(consumer: string, shard: number, now: number): Lease {
    const leases = this.#of(consumer);
    const present = leases.get(shard);
    if (present !== undefined) present.endedBy ??= "takenOver";
    const endsAt = now + this.#rules.lifeMs;
    const lease: Lease = { startedAt: now, endsAt, endedBy: undefined, position: undefined };
    leases.set(shard, lease);
    return lease;
  }

  /** The consumer's latest leases, by the index of the shard. */
  of(consumer: string): Iterable<readonly [shard: number, lease: Lease]> {
    return this.#byConsumer.get(consumer) ?? [];
  }

  /** Ends the subscriptions of a consumer, or all of them. */
  end(reason: SubscriptionEnd, consumer?: string): void {
    for (const [name, leases] of this.#byConsumer) {
      if (consumer !== undefined && name !== consumer) continue;
      for (const lease of leases.values()) lease.endedBy ??= reason;
      this.#byConsumer.delete(name);
    }
  }

  #of(consumer: string): Map<number, Lease> {
    let leases = this.#byConsumer.get(consumer);
    if (leases === undefined) {
      leases = new Map();
      this.#byConsumer.set(consumer, leases);
    }
    return leases;
  }
}
