import { formatArn } from "../../kernel/arn.ts";
import type { Keeping } from "../../kernel/collection/by-scope.ts";
import { type IndexRange, OrderedIndex } from "../../kernel/collection/ordered-index.ts";
import { type Taken, takenAs } from "../../kernel/collection/taken.ts";
import type { Entry } from "../../kernel/event/event-log.ts";
import type { EventLogs } from "../../kernel/event/event-logs.ts";
import { present } from "../../kernel/present.ts";
import type { Scope } from "../../kernel/scope.ts";
import type { TopicDeps } from "./definition.ts";
import type { TopicCreated, TopicEvent, TopicRemoved } from "./events.ts";
import type { TopicDefinition } from "./settings.ts";
import type { SubscriptionRegister } from "./subscription/subscription-register.ts";
import { Topic } from "./topic.ts";

/** What a directory hands to the topics of one account and region. */
interface TopicsDeps extends Omit<TopicDeps, "log" | "register" | "apply"> {
  readonly logs: EventLogs;
  readonly register: SubscriptionRegister;
  readonly kept: Keeping<Topics>;
}

/** The topics of one account and region, by name. */
export class Topics {
  readonly scope: Scope;
  readonly #deps: TopicsDeps;
  readonly #byName = new Map<string, Topic>();
  readonly #inOrder = new OrderedIndex<Topic>(({ name }) => name);

  constructor(scope: Scope, deps: TopicsDeps) {
    this.scope = scope;
    this.#deps = deps;
  }

  get isEmpty(): boolean {
    return this.#byName.size === 0;
  }

  find(name: string): Topic | undefined {
    return this.#byName.get(name);
  }

  /** The topics of that range, by name. */
  list(range?: IndexRange): Iterable<Topic> {
    return this.#inOrder.list(range);
  }

  /** Creates a topic; the name is free. */
  create(name: string, definition: TopicDefinition): Topic {
    this.#record(name, { type: "created", at: this.#settle(), definition });
    return this.#topic(name);
  }

  delete({ name }: Topic): void {
    this.#record(name, { type: "removed", at: this.#settle() });
  }

  /** The entries that build all of them as they are now, whenever they are read; to be taken at once, a topic at a time. */
  *taken(): Generator<Taken<Entry<TopicEvent>>, void, void> {
    for (const topic of this.list()) yield entriesOf(topic);
  }

  /** Applies an event that a log kept. */
  replay(name: string, event: TopicEvent): void {
    this.#deps.register.passTime(this.scope.account, event.at, Number.POSITIVE_INFINITY);
    if (event.type === "created" || event.type === "removed") this.#apply(name, event);
    else this.#topic(name).replay(event);
  }

  #record(name: string, event: TopicCreated | TopicRemoved): void {
    this.#apply(name, event);
    const log = this.#deps.logs.of(this.scope.account);
    if (log.isHeard) log.append([{ resource: formatArn("sns", this.scope, name), event }]);
  }

  #apply(name: string, event: TopicCreated | TopicRemoved): void {
    if (event.type === "created") this.#add(this.#newTopic(name, event));
    else this.#remove(this.#topic(name), event.at);
    this.#deps.kept.update(this);
  }

  #topic(name: string): Topic {
    return present(this.#byName.get(name), "a topic");
  }

  #newTopic(name: string, { at: createdAt, definition }: TopicCreated): Topic {
    const { register, logs, ...shared } = this.#deps;
    const { scope } = this;
    const topic: Topic = new Topic({ name, arn: formatArn("sns", scope, name), scope, createdAt }, definition, {
      ...shared,
      log: logs.of(scope.account),
      register,
      apply: (event) => register.apply(topic, event),
    });
    return topic;
  }

  #add(topic: Topic): void {
    this.#byName.set(topic.name, topic);
    this.#inOrder.set(topic);
  }

  #remove(topic: Topic, at: number): void {
    this.#byName.delete(topic.name);
    this.#inOrder.delete(topic);
    this.#deps.register.deletedWith(topic, at);
    topic.close(at);
  }

  #settle(): number {
    const now = this.#deps.clock.now();
    this.#deps.register.passTime(this.scope.account, now);
    return now;
  }
}

/** The entries that build a topic, whether it is deleted or not. */
export function entriesOf(topic: Topic): Taken<Entry<TopicEvent>> {
  const { arn: resource } = topic;
  const events = topic.taken();
  return takenAs(function* () {
    for (const event of events) yield { resource, event };
  }, events.end);
}
