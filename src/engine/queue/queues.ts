import { formatArn } from "../../kernel/arn.ts";
import type { Keeping } from "../../kernel/by-scope.ts";
import type { Ids } from "../../kernel/ids.ts";
import type { Journal } from "../../kernel/journal.ts";
import type { Scope } from "../../kernel/scope.ts";
import type { QueueDoors } from "./definition.ts";
import type { QueueRecord } from "./events.ts";
import { MoveTasks } from "./move-tasks.ts";
import { Queue } from "./queue.ts";
import type { QueueDefinition } from "./settings.ts";

/** What a directory hands to the queues of one account and region. */
export interface QueuesDoors extends Omit<QueueDoors, "journal" | "deadLetterTarget"> {
  readonly ids: Ids;
  /** The journal of a queue that is being created or deleted. */
  readonly journalOf: (arn: string) => Journal<QueueRecord> | undefined;
  readonly byArn: (arn: string) => Queue | undefined;
  readonly kept: Keeping<Queues>;
}

/** The queues of one account and region, by name. */
export class Queues {
  readonly scope: Scope;
  readonly moves: MoveTasks;
  readonly #doors: QueuesDoors;
  readonly #byName = new Map<string, Queue>();
  /** When names become free again; only those of queues deleted within the cool-down. */
  readonly #freeAt = new Map<string, number>();

  constructor(scope: Scope, doors: QueuesDoors) {
    this.scope = scope;
    this.#doors = doors;
    this.moves = new MoveTasks(doors.clock, doors.byArn);
  }

  get isEmpty(): boolean {
    return this.#byName.size === 0 && this.#freeAt.size === 0;
  }

  find(name: string): Queue | undefined {
    return this.#byName.get(name);
  }

  /** Every queue, by name. Costs O(n log n). */
  sorted(): readonly Queue[] {
    return [...this.#byName.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  /** Creates a queue; the name is free. */
  create(name: string, definition: QueueDefinition): Queue {
    const { clock, ids, rules, byArn, journalOf } = this.#doors;
    const arn = formatArn("sqs", this.scope, name);
    const identity = { id: ids.uuid(), name, arn, scope: this.scope, createdAt: clock.now() };
    const journal = journalOf(arn);
    journal?.({ type: "created", at: identity.createdAt, id: identity.id, definition });
    const queue = new Queue(identity, definition, { clock, rules, journal, deadLetterTarget: byArn });
    this.#byName.set(name, queue);
    this.#doors.kept.update(this);
    return queue;
  }

  /** Deletes the queue and answers everyone who waits on it with nothing. */
  delete(queue: Queue): void {
    this.#byName.delete(queue.name);
    const { clock, rules, journalOf } = this.#doors;
    const at = clock.now();
    journalOf(queue.arn)?.({ type: "removed", at });
    if (rules.recreateCooldownMs > 0) this.#freeAt.set(queue.name, at + rules.recreateCooldownMs);
    this.moves.forget(queue);
    queue.dismissWaiting();
    this.#doors.kept.update(this);
  }

  /** Whether the name belonged to a queue deleted so lately that it cannot be used yet. */
  wasDeletedRecently(name: string): boolean {
    const now = this.#doors.clock.now();
    for (const [deleted, freeAt] of this.#freeAt) if (freeAt <= now) this.#freeAt.delete(deleted);
    return this.#freeAt.has(name);
  }

  /** Answers everyone who waits, and ends what runs by itself. */
  close(): void {
    this.moves.close();
    for (const queue of this.#byName.values()) queue.dismissWaiting();
  }
}
