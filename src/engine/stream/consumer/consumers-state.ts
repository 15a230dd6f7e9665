import { present } from "../../../kernel/present.ts";
import type { ConsumerEvent, ConsumerRegistered } from "../events.ts";
import { Living } from "../lifecycle.ts";
import { Consumer } from "./consumer.ts";

/** The registered consumers of a stream. Only events and the passing of time change them. */
export class ConsumersState {
  readonly #living = new Living<Consumer>();
  /** Epoch seconds of the youngest consumer each name had lately, so that its successor's ARN differs. */
  readonly #seconds = new Map<string, number>();

  get size(): number {
    return this.#living.size;
  }

  /** When time alone next changes the status of one; Infinity when it does not. */
  get nextChange(): number {
    return this.#living.nextChange;
  }

  find(name: string): Consumer | undefined {
    return this.#living.find(name);
  }

  /** In the order of registration. */
  all(): Iterable<Consumer> {
    return this.#living.all();
  }

  /** The first instant at which another consumer of that name can be created. */
  freeFrom(name: string): number {
    return ((this.#seconds.get(name) ?? 0) + 1) * 1000;
  }

  /** Changes the statuses that are due by `now`. */
  passTime(now: number): void {
    this.#living.passTime(now);
  }

  apply(event: ConsumerEvent): void {
    switch (event.type) {
      case "consumerRegistered":
        this.#living.add(event.name, new Consumer(event, event.tags));
        return this.#note(event);
      case "consumerDeregistered":
        return this.#living.begin(event.name, "DELETING", event.goneAt);
      case "consumerTagged":
        present(this.find(event.name), "a consumer").tags = event.tags;
        return;
      case "consumerPolicyChanged":
        present(this.find(event.name), "a consumer").policy = event.policy;
    }
  }

  /** The events that build the same, but for `keptSeconds`. */
  *events(now: number): Generator<ConsumerEvent, void, void> {
    for (const { name, arn, createdAt, tags, policy, lifecycle } of this.all()) {
      // One that follows another within a second is said to be of the next.
      const at = Math.min(createdAt, now);
      const activeAt = lifecycle.status === "CREATING" ? lifecycle.changesAt : at;
      yield { type: "consumerRegistered", at, name, arn, createdAt, activeAt, tags };
      if (policy !== undefined) yield { type: "consumerPolicyChanged", at, name, policy };
      if (lifecycle.status === "DELETING") {
        yield { type: "consumerDeregistered", at, goneAt: lifecycle.changesAt, name };
      }
    }
  }

  /** The seconds of consumers that are gone, as far as they count. */
  keptSeconds(now: number): Readonly<Record<string, number>> | undefined {
    const kept = [...this.#seconds].filter(([name, second]) => (second + 1) * 1000 > now && !this.#living.has(name));
    return kept.length === 0 ? undefined : Object.fromEntries(kept);
  }

  keepSeconds(seconds: Readonly<Record<string, number>>): void {
    for (const [name, second] of Object.entries(seconds)) this.#seconds.set(name, second);
  }

  /** Seconds that are over cannot come again, so what is remembered is next to nothing. */
  #note({ name, at, createdAt }: ConsumerRegistered): void {
    for (const [other, second] of this.#seconds) {
      if ((second + 1) * 1000 <= at) this.#seconds.delete(other);
    }
    this.#seconds.set(name, Math.floor(createdAt / 1000));
  }
}
