import { formatArn } from "../../kernel/arn.ts";
import type { Keeping } from "../../kernel/by-scope.ts";
import type { Ids } from "../../kernel/ids.ts";
import type { Journal } from "../../kernel/journal.ts";
import { type IndexRange, OrderedIndex } from "../../kernel/ordered-index.ts";
import type { Scope } from "../../kernel/scope.ts";
import type { Expiring, Holding } from "../../kernel/sweeper.ts";
import { DeadLetterSources } from "./dead-letter-sources.ts";
import type { QueueDoors } from "./definition.ts";
import type { QueueRecord } from "./events.ts";
import { MoveTasks } from "./move/move-tasks.ts";
import { Queue } from "./queue.ts";
import type { QueueDefinition, Redrive } from "./settings.ts";

/** What a directory hands to the queues of one account and region. */
interface QueuesDoors extends Pick<QueueDoors, "clock" | "rules" | "sweeper"> {
  readonly ids: Ids;
  /** The journal of a queue that is being created or deleted. */
  readonly journalOf: (arn: string) => Journal<QueueRecord> | undefined;
  readonly byArn: (arn: string) => Queue | undefined;
  readonly kept: Keeping<Queues>;
}

/** The queues of one account and region, by name. */
export class Queues implements Expiring {
  readonly scope: Scope;
  readonly moves: MoveTasks;
  readonly #doors: QueuesDoors;
  readonly #byName = new Map<string, Queue>();
  readonly #inOrder = new OrderedIndex<Queue>(({ name }) => name);
  readonly #deadLetterSources = new DeadLetterSources();
  /** When names become free again, in that order; only those of queues deleted within the cool-down. */
  readonly #freeAt = new Map<string, number>();
  readonly #holding: Holding | undefined;

  constructor(scope: Scope, doors: QueuesDoors) {
    this.scope = scope;
    this.#doors = doors;
    this.moves = new MoveTasks(doors.clock, doors.byArn);
    this.#holding = doors.sweeper?.holding(doors.clock, this);
  }

  get isEmpty(): boolean {
    return this.#byName.size === 0 && this.#freeAt.size === 0;
  }

  find(name: string): Queue | undefined {
    return this.#byName.get(name);
  }

  /** The queues of that range, by name. */
  list(range?: IndexRange): Iterable<Queue> {
    return this.#inOrder.list(range);
  }

  /** Whether it is the dead-letter queue of one of them. */
  isDeadLetterQueue({ arn }: Queue): boolean {
    return this.#deadLetterSources.has(arn);
  }

  /** The queues of that range whose dead-letter queue has the ARN, by name. */
  deadLetterSources(arn: string, range?: IndexRange): Iterable<Queue> {
    return this.#deadLetterSources.of(arn, range);
  }

  /** Creates a queue; the name is free. */
  create(name: string, definition: QueueDefinition): Queue {
    const { clock, ids, rules, sweeper, byArn, journalOf } = this.#doors;
    const arn = formatArn("sqs", this.scope, name);
    const identity = { id: ids.uuid(), name, arn, scope: this.scope, createdAt: clock.now() };
    const journal = journalOf(arn);
    journal?.({ type: "created", at: identity.createdAt, id: identity.id, definition });
    const redriveChanged = (redrive: Redrive | undefined): void =>
      this.#deadLetterSources.set(queue, redrive?.deadLetterTargetArn);
    const ports = { deadLetterTarget: byArn, redriveChanged };
    const queue = new Queue(identity, definition, { clock, rules, sweeper, journal, ...ports });
    this.#byName.set(name, queue);
    this.#inOrder.set(queue);
    redriveChanged(definition.settings.redrive);
    this.#doors.kept.update(this);
    return queue;
  }

  /** Deletes the queue and answers everyone who waits on it with nothing. */
  delete(queue: Queue): void {
    this.#byName.delete(queue.name);
    this.#inOrder.delete(queue);
    this.#deadLetterSources.set(queue, undefined);
    const { clock, rules, journalOf } = this.#doors;
    const at = clock.now();
    journalOf(queue.arn)?.({ type: "removed", at });
    this.#freeAt.delete(queue.name);
    if (rules.recreateCooldownMs > 0) {
      this.#freeAt.set(queue.name, at + rules.recreateCooldownMs);
      this.#holding?.begin();
    }
    this.moves.forget(queue);
    queue.close();
    this.#doors.kept.update(this);
  }

  /** Whether the name belonged to a queue deleted so lately that it cannot be used yet. */
  wasDeletedRecently(name: string): boolean {
    this.expire();
    return this.#freeAt.has(name);
  }

  /** When the next name is free again; Infinity when all are. */
  get nextExpiry(): number {
    const [first = Number.POSITIVE_INFINITY] = this.#freeAt.values();
    return first;
  }

  /** Forgets which names were in use until lately, and says how many are free again. */
  expire(): number {
    const now = this.#doors.clock.now();
    const before = this.#freeAt.size;
    // The cool-down is the same for all, so they lie in the order in which they end.
    for (const [name, freeAt] of this.#freeAt) {
      if (freeAt > now) break;
      this.#freeAt.delete(name);
    }
    if (this.isEmpty) this.#doors.kept.update(this);
    return before - this.#freeAt.size;
  }

  /** Answers everyone who waits, and ends what runs by itself. */
  close(): void {
    this.#holding?.end();
    this.moves.close();
    for (const queue of this.#byName.values()) queue.close();
  }
}
