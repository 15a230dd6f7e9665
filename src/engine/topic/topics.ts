import { formatArn } from "../../kernel/arn.ts";
import type { Keeping } from "../../kernel/by-scope.ts";
import { type IndexRange, OrderedIndex } from "../../kernel/ordered-index.ts";
import type { Scope } from "../../kernel/scope.ts";
import type { TopicDoors } from "./definition.ts";
import type { TopicDefinition } from "./settings.ts";
import { Topic } from "./topic.ts";

/** What a directory hands to the topics of one account and region. */
interface TopicsDoors extends Omit<TopicDoors, "journal"> {
  /** The journal of a topic that is being created. */
  readonly journalOf: (arn: string) => TopicDoors["journal"];
  readonly kept: Keeping<Topics>;
}

/** The topics of one account and region, by name. */
export class Topics {
  readonly scope: Scope;
  readonly #doors: TopicsDoors;
  readonly #byName = new Map<string, Topic>();
  readonly #inOrder = new OrderedIndex<Topic>(({ name }) => name);

  constructor(scope: Scope, doors: TopicsDoors) {
    this.scope = scope;
    this.#doors = doors;
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
    const { journalOf } = this.#doors;
    const arn = formatArn("sns", this.scope, name);
    const identity = { name, arn, scope: this.scope, createdAt: this.#doors.clock.now() };
    const topic = new Topic(identity, definition, { ...this.#doors, journal: journalOf(arn) });
    this.#byName.set(name, topic);
    this.#inOrder.set(topic);
    this.#doors.kept.update(this);
    return topic;
  }

  delete(topic: Topic): void {
    this.#byName.delete(topic.name);
    this.#inOrder.delete(topic);
    topic.close();
    this.#doors.kept.update(this);
  }
}
